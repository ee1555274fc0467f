import { constants, verify, type KeyObject } from 'node:crypto';
import { hashOf, OID, optionalFields, type HashName } from './algorithms.ts';
import { oidOf, smallIntegerOf, type Ber } from './ber.ts';
import { TAG } from './der.ts';

export interface SignatureAlgorithm {
  readonly name: 'rsa' | 'rsa-pss' | 'ecdsa';
  /** Checks one signature with a key. */
  check(data: Uint8Array, key: KeyObject, signature: Uint8Array): boolean;
}

/** Algorithms that name their own hash: it must be the one of the digest. */
const NAMED: ReadonlyMap<string, readonly [hash: HashName, name: 'rsa' | 'ecdsa']> = new Map([
  ['1.2.840.113549.1.1.5', ['sha1', 'rsa']],
  ['1.2.840.113549.1.1.11', ['sha256', 'rsa']],
  ['1.2.840.113549.1.1.12', ['sha384', 'rsa']],
  ['1.2.840.113549.1.1.13', ['sha512', 'rsa']],
  ['1.2.840.10045.4.1', ['sha1', 'ecdsa']],
  [OID.ecdsaWithSha256, ['sha256', 'ecdsa']],
  ['1.2.840.10045.4.3.3', ['sha384', 'ecdsa']],
  ['1.2.840.10045.4.3.4', ['sha512', 'ecdsa']],
]);

const KEY_TYPES = { rsa: 'rsa', ecdsa: 'ec' } as const;

/**
 * How a signature over a digest with this hash is checked.
 *
 * @returns undefined for an algorithm that is not supported or goes with another hash
 */
export function signatureAlgorithmOf(
  { children: [type, parameters] }: Ber,
  hash: HashName,
): SignatureAlgorithm | undefined {
  const oid = oidOf(type);
  if (oid === OID.rsassaPss) return pss(parameters, hash);
  const [its, name] = oid === OID.rsaEncryption ? [hash, 'rsa' as const] : (NAMED.get(oid) ?? []);
  if (its !== hash || !name) return undefined;
  return {
    name,
    check: (data, key, signature) =>
      key.asymmetricKeyType === KEY_TYPES[name] && verify(hash, data, key, signature),
  };
}

function pss(parameters: Ber | undefined, hash: HashName): SignatureAlgorithm | undefined {
  const fields = optionalFields(parameters);
  if (!fields || hashOf(fields) !== hash) return undefined;
  const salt = fields.get(TAG.constructed2);
  // RFC 8017: 20 unless said otherwise.
  const saltLength = salt ? smallIntegerOf(salt) : 20;
  if (saltLength === undefined) return undefined;
  const padding = constants.RSA_PKCS1_PSS_PADDING;
  return {
    name: 'rsa-pss',
    check: (data, key, signature) =>
      ['rsa', 'rsa-pss'].includes(key.asymmetricKeyType ?? '') &&
      verify(hash, data, { key, padding, saltLength }, signature),
  };
}
