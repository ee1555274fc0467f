import { createHash, verify, type X509Certificate } from 'node:crypto';
import { KMSClient, SignCommand } from '@aws-sdk/client-kms';
import { done, fail, type Outcome } from '../outcome.ts';
import type { SigningIdentity } from '../secure/keys.ts';
import { signatureKindOf } from '../secure/local-identity.ts';
import { REQUEST_HANDLER } from './request-handler.ts';

/** A key that never leaves KMS. */
export interface KmsSigner {
  /**
   * The identity, once a signature of the key has been seen to verify under the certificate.
   *
   * @failure secure/unusable-key  the key is gone, disabled, withheld from us, or another one
   */
  identity(): Promise<Outcome<SigningIdentity>>;
}

/** Nothing that is ever sent begins like this: what a key signs to prove itself is of no use to anybody. */
const PROOF = Buffer.from('Direct Transmit asks whether this key is that of its certificate');

const ALGORITHMS = {
  rsa: 'RSASSA_PKCS1_V1_5_SHA_256',
  ecdsa: 'ECDSA_SHA_256',
} as const satisfies Record<SigningIdentity['algorithm'], string>;

/** Answers that the same question gets again until an operator has done something. */
const FINAL = new Set([
  'AccessDeniedException',
  'DisabledException',
  'InvalidArnException',
  'InvalidKeyUsageException',
  'KMSInvalidStateException',
  'NotFoundException',
  'ValidationException',
]);

const isFinal = (error: unknown): error is Error => error instanceof Error && FINAL.has(error.name);

/**
 * Signs with a key in KMS.
 *
 * @param keyArn of an asymmetric key for signing, RSA or P-256, in whatever region it names
 * @throws Error on a certificate whose key is neither RSA nor on a NIST curve
 */
export function kmsSigner(keyArn: string, { publicKey, raw }: X509Certificate): KmsSigner {
  const kind = signatureKindOf(publicKey);
  const signed = signingWith(keyArn, ALGORITHMS[kind.algorithm]);
  let proved = false;
  const identity: SigningIdentity = {
    certificate: Uint8Array.from(raw),
    ...kind,
    sign: async (attributes) => {
      try {
        return await signed(attributes);
      } catch (error) {
        // The next use asks for a proof again, and is told by a code what is wrong.
        if (isFinal(error)) proved = false;
        throw error;
      }
    },
  };
  return {
    async identity() {
      if (proved) return done(identity);
      try {
        proved = verify('sha256', PROOF, publicKey, await signed(PROOF));
      } catch (error) {
        if (!isFinal(error)) throw error;
        return fail('secure/unusable-key', `KMS ${error.name}`);
      }
      return proved ? done(identity) : fail('secure/unusable-key', 'not that of the certificate');
    },
  };
}

function signingWith(
  keyArn: string,
  algorithm: (typeof ALGORITHMS)[keyof typeof ALGORITHMS],
): SigningIdentity['sign'] {
  const region = keyArn.split(':')[3] ?? '';
  const kms = new KMSClient({ region, requestHandler: REQUEST_HANDLER });
  return async (data) => {
    const { Signature } = await kms.send(
      new SignCommand({
        KeyId: keyArn,
        Message: createHash('sha256').update(data).digest(),
        MessageType: 'DIGEST',
        SigningAlgorithm: algorithm,
      }),
    );
    if (!Signature) throw new Error('KMS answered without a signature');
    return Signature;
  };
}
