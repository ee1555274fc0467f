import { oidOf, type Ber } from './ber.ts';
import { der, derOid, TAG } from './der.ts';

export const OID = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  envelopedData: '1.2.840.113549.1.7.3',
  authEnvelopedData: '1.2.840.113549.1.9.16.1.23',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  algorithmProtection: '1.2.840.113549.1.9.52',
  rsaEncryption: '1.2.840.113549.1.1.1',
  rsaesOaep: '1.2.840.113549.1.1.7',
  mgf1: '1.2.840.113549.1.1.8',
  pSpecified: '1.2.840.113549.1.1.9',
  rsassaPss: '1.2.840.113549.1.1.10',
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
  sha256: '2.16.840.1.101.3.4.2.1',
  aes256Cbc: '2.16.840.1.101.3.4.1.42',
  subjectKeyIdentifier: '2.5.29.14',
} as const;

/** AlgorithmIdentifiers, DER: what we write. */
export const SHA256 = der(TAG.sequence, derOid(OID.sha256));
export const RSA_ENCRYPTION = der(TAG.sequence, derOid(OID.rsaEncryption), der(TAG.null));

export type HashName = 'sha1' | 'sha256' | 'sha384' | 'sha512';

const SHA1 = '1.3.14.3.2.26';
const MD5 = '1.2.840.113549.2.5';

/** Hashes under which a key may be transported; SHA-1 has no known weakness there, and several senders use it. */
const HASHES: ReadonlyMap<string, HashName> = new Map<string, HashName>([
  [SHA1, 'sha1'],
  [OID.sha256, 'sha256'],
  ['2.16.840.1.101.3.4.2.2', 'sha384'],
  ['2.16.840.1.101.3.4.2.3', 'sha512'],
]);

/**
 * The hash of a digest algorithm.
 *
 * @returns `weak` for MD5, which nothing makes acceptable, and for SHA-1 unless it is; undefined for an unknown one
 */
export function digestOf(algorithm: Ber, allowSha1: boolean): HashName | 'weak' | undefined {
  const type = oidOf(algorithm.children[0]);
  return type === MD5 || (type === SHA1 && !allowSha1) ? 'weak' : HASHES.get(type);
}

/** The fields [0], [1], [2] … of RSASSA-PSS and RSAES-OAEP parameters, by their tag; each may be absent, and all of them. */
export function optionalFields(parameters: Ber | undefined): ReadonlyMap<number, Ber> | undefined {
  if (parameters && parameters.tag !== TAG.sequence) return undefined;
  return new Map(
    (parameters?.children ?? []).flatMap(({ tag, children }) =>
      children[0] ? [[tag, children[0]]] : [],
    ),
  );
}

/**
 * The hash of such parameters; RFC 8017: SHA-1 unless said otherwise. The mask is made with MGF1 over the same hash:
 * node:crypto knows no other, so that with another nothing decrypts and nothing verifies.
 */
export function hashOf(fields: ReadonlyMap<number, Ber>): HashName | undefined {
  const algorithm = fields.get(TAG.constructed0);
  return algorithm ? HASHES.get(oidOf(algorithm.children[0])) : 'sha1';
}
