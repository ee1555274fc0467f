import { createPrivateKey, X509Certificate } from 'node:crypto';
import { done, type Outcome } from '../outcome.ts';
import type { Identity, SigningIdentity } from '../secure/keys.ts';
import { localIdentity } from '../secure/local-identity.ts';
import { Pkcs12Refused, readPkcs12 } from './pkcs12.ts';

/** One identity of a sending address. */
export interface NamedIdentity {
  /** In lower case. */
  readonly address: string;
  /** @failure secure/unusable-key */
  signing(): Promise<Outcome<SigningIdentity>>;
  /** Absent of a key that can only sign. */
  readonly decrypting?: Identity;
  /** Of one that was replaced: until then it decrypts, and it signs no more. */
  readonly decryptUntil?: Date;
}

/** What is wrong, in words that quote nothing of a secret: a place in the identity, and perhaps why. */
export class WrongIdentity extends Error {}

interface InFiles {
  readonly address: string;
  /** PEM, both. */
  readonly certificate: string;
  readonly privateKey: string;
}

/** @throws WrongIdentity */
export function identityInFiles({ address, ...pem }: InFiles): NamedIdentity {
  const certificate = orWrong('certificate', () => new X509Certificate(pem.certificate));
  const privateKey = orWrong('privateKey', () => createPrivateKey(pem.privateKey));
  if (!certificate.checkPrivateKey(privateKey)) {
    throw new WrongIdentity('privateKey (it is not that of the certificate)');
  }
  return atHand(address, { certificate: Uint8Array.from(certificate.raw), privateKey });
}

interface InPkcs12 {
  readonly address: string;
  /** Base64. */
  readonly pkcs12: string;
  readonly password: string;
}

/** @throws WrongIdentity */
export async function identityInPkcs12(given: InPkcs12): Promise<NamedIdentity> {
  try {
    const identity = await readPkcs12(Buffer.from(given.pkcs12, 'base64'), given.password);
    return atHand(given.address, identity);
  } catch (error) {
    if (!(error instanceof Pkcs12Refused)) throw error;
    throw new WrongIdentity(`pkcs12 (${error.message})`);
  }
}

function atHand(address: string, decrypting: Identity): NamedIdentity {
  const identity = orWrong('privateKey (neither RSA nor on a NIST curve)', () =>
    localIdentity(decrypting),
  );
  return { address: address.toLowerCase(), signing: async () => done(identity), decrypting };
}

interface InKms {
  readonly address: string;
  /** PEM. */
  readonly certificate: string;
  /** ARN. */
  readonly kmsKeyId: string;
}

/** The client of KMS is loaded by whoever signs, and not before. @throws WrongIdentity */
export function identityInKms({ address, certificate: pem, kmsKeyId }: InKms): NamedIdentity {
  const certificate = orWrong('certificate', () => new X509Certificate(pem));
  const { asymmetricKeyType, asymmetricKeyDetails } = certificate.publicKey;
  if (asymmetricKeyType !== 'rsa' && asymmetricKeyDetails?.namedCurve !== 'prime256v1') {
    throw new WrongIdentity('certificate (with SHA-256, KMS signs for RSA and P-256 only)');
  }
  const signer = once(async () => {
    const { kmsSigner } = await import('./kms-signer.ts');
    return kmsSigner(kmsKeyId, certificate);
  });
  return { address: address.toLowerCase(), signing: async () => (await signer()).identity() };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}

function orWrong<T>(place: string, read: () => T): T {
  try {
    return read();
  } catch {
    throw new WrongIdentity(place);
  }
}
