import { sign, type KeyObject } from 'node:crypto';
import type { Identity, SigningIdentity } from './keys.ts';

/** One whose key is at hand: it signs as well as it decrypts. */
export type LocalIdentity = Identity & SigningIdentity;

/** @throws Error on a key that is neither RSA nor on a NIST curve */
export function localIdentity({ certificate, privateKey }: Identity): LocalIdentity {
  return {
    certificate,
    privateKey,
    ...signatureKindOf(privateKey),
    sign: async (attributes) => sign('sha256', attributes, privateKey),
  };
}

const CURVE_BITS: Readonly<Record<string, number>> = {
  prime256v1: 256,
  secp384r1: 384,
  secp521r1: 521,
};

/**
 * What signatures of a key are like.
 *
 * @param key private or public
 * @throws Error on a key that is neither RSA nor on a NIST curve
 */
export function signatureKindOf({
  asymmetricKeyType: type,
  asymmetricKeyDetails: { modulusLength = 0, namedCurve = '' } = {},
}: KeyObject): Pick<SigningIdentity, 'algorithm' | 'signatureBytes'> {
  if (type === 'rsa') return { algorithm: 'rsa', signatureBytes: Math.ceil(modulusLength / 8) };
  const bits = CURVE_BITS[namedCurve];
  if (type !== 'ec' || bits === undefined) {
    throw new Error('A signer needs an RSA key, or one on a NIST curve');
  }
  return { algorithm: 'ecdsa', signatureBytes: mostEcdsaBytes(bits) };
}

/** RFC 3279 section 2.2.3: a SEQUENCE of two INTEGERs, each of which may need a zero before its first bit. */
function mostEcdsaBytes(bits: number): number {
  const integers = 2 * (2 + Math.floor(bits / 8) + 1);
  return integers + (integers < 128 ? 2 : 3);
}
