import type { KeyObject } from 'node:crypto';
import type { FailureCode } from '../../failures.ts';
import type { Certificate } from '../certificate.ts';
import { STRICT, type TrustRules } from '../rules.ts';
import type { Purpose } from './key-usage.ts';

/** More only costs time. */
const MAX_RSA_BITS = 8192;
/** Those in use have 17 bits at most. One as long as the modulus makes a signature cost fifty times as much. */
const RSA_EXPONENT_LIMIT = 2n ** 64n;
const CURVES = ['prime256v1', 'secp384r1', 'secp521r1'];

/**
 * Whether the key is long enough and of a kind that serves the purpose: messages are encrypted to RSA keys only.
 *
 * @see RFC 8550 section 4.3
 */
export function checkKeyStrength(
  { publicKey }: Pick<Certificate, 'publicKey'>,
  purpose: Purpose,
  { minimumRsaBits }: Pick<TrustRules, 'minimumRsaBits'> = STRICT,
): FailureCode | undefined {
  const kind = publicKey.asymmetricKeyType;
  const serves =
    kind === 'rsa' || (purpose === 'signature' && (kind === 'rsa-pss' || kind === 'ec'));
  const strong = kind === 'ec' ? isStrongCurve(publicKey) : isStrongRsa(publicKey, minimumRsaBits);
  return serves && strong ? undefined : 'trust/weak-key';
}

const isStrongCurve = ({ asymmetricKeyDetails = {} }: KeyObject): boolean =>
  CURVES.includes(asymmetricKeyDetails.namedCurve ?? '');

/** With exponent 1 the ciphertext is the plaintext; an even one fits no modulus. */
function isStrongRsa({ asymmetricKeyDetails = {} }: KeyObject, minimumBits: number): boolean {
  const { modulusLength: bits = 0, publicExponent: exponent = 0n } = asymmetricKeyDetails;
  const fitsModulus = exponent >= 3n && exponent % 2n === 1n;
  const isQuick = bits <= MAX_RSA_BITS && exponent < RSA_EXPONENT_LIMIT;
  return bits >= minimumBits && fitsModulus && isQuick;
}
