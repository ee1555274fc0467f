import { constants, verify, type KeyObject } from 'node:crypto';
import { hashOf, OID, optionalFields } from '../algorithms.ts';
import { oidOf, smallIntegerOf, type Ber } from '../ber.ts';
import { TAG } from '../der.ts';

/** Checks one signature with a key. */
export type Check = (data: Uint8Array, key: KeyObject, signature: Uint8Array) => boolean;

/** Algorithms that name their own hash: it must be the one of the digest. */
const NAMED: ReadonlyMap<string, { readonly hash: string; readonly key: 'rsa' | 'ec' }> = new Map([
  ['1.2.840.113549.1.1.11', { hash: 'sha256', key: 'rsa' }],
  ['1.2.840.113549.1.1.12', { hash: 'sha384', key: 'rsa' }],
  ['1.2.840.113549.1.1.13', { hash: 'sha512', key: 'rsa' }],
  [OID.ecdsaWithSha256, { hash: 'sha256', key: 'ec' }],
  ['1.2.840.10045.4.3.3', { hash: 'sha384', key: 'ec' }],
  ['1.2.840.10045.4.3.4', { hash: 'sha512', key: 'ec' }],
]);

/**
 * How a signature over a digest with this hash is checked.
 *
 * @returns undefined for an algorithm that is not supported or goes with another hash
 */
export function checkOf({ children: [type, parameters] }: Ber, hash: string): Check | undefined {
  const name = oidOf(type);
  if (name === OID.rsassaPss) return pssCheck(parameters, hash);
  const named = name === OID.rsaEncryption ? ({ hash, key: 'rsa' } as const) : NAMED.get(name);
  if (named?.hash !== hash) return undefined;
  return (data, key, signature) =>
    key.asymmetricKeyType === named.key && verify(hash, data, key, signature);
}

function pssCheck(parameters: Ber | undefined, hash: string): Check | undefined {
  const fields = optionalFields(parameters);
  if (!fields || hashOf(fields) !== hash) return undefined;
  const salt = fields.get(TAG.constructed2);
  // RFC 8017: 20 unless said otherwise.
  const saltLength = salt ? smallIntegerOf(salt) : 20;
  if (saltLength === undefined) return undefined;
  const padding = constants.RSA_PKCS1_PSS_PADDING;
  return (data, key, signature) =>
    ['rsa', 'rsa-pss'].includes(key.asymmetricKeyType ?? '') &&
    verify(hash, data, { key, padding, saltLength }, signature);
}
