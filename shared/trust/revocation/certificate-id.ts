import { createHash } from 'node:crypto';
import type { Certificate } from '../certificate.ts';
import { derOid } from '../cms/der.ts';
import {
  childrenOf,
  expectTag,
  NotDer,
  readBits,
  readDer,
  readOid,
  TAG,
  writeDer,
  type Der,
} from '../der.ts';

/** By what OCSP calls a certificate. */
export interface CertificateId {
  /** Absent when the hash is not known here. */
  readonly hash?: string;
  readonly issuerNameHash: Uint8Array;
  readonly issuerKeyHash: Uint8Array;
  /** Hex of the octets of the INTEGER. */
  readonly serial: string;
}

const SHA1 = '1.3.14.3.2.26';

/** They only say who is meant; what is said is proved by its signature. */
const HASHES: Readonly<Record<string, string>> = {
  [SHA1]: 'sha1',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};

/** Reads a CertID. @see RFC 6960 section 4.1.1 */
export function readCertificateId(der: Der): CertificateId {
  const [algorithm, nameHash, keyHash, serial, ...rest] = childrenOf(der);
  if (!algorithm || rest.length > 0) throw new NotDer('certificate ID');
  const hash = HASHES[readOid(childrenOf(algorithm)[0])];
  return {
    ...(hash !== undefined && { hash }),
    issuerNameHash: expectTag(nameHash, TAG.octetString).content,
    issuerKeyHash: expectTag(keyHash, TAG.octetString).content,
    serial: Buffer.from(expectTag(serial, TAG.integer).content).toString('hex'),
  };
}

/** Whether the issuer that is meant is this one: by its name, as it stands in the certificate, and its key. */
export function namesIssuer(
  { hash, issuerNameHash, issuerKeyHash }: CertificateId,
  certificate: Certificate,
  issuer: Certificate,
): boolean {
  return (
    hash !== undefined &&
    digest(hash, certificate.issuer.der).equals(issuerNameHash) &&
    digest(hash, keyBits(issuer)).equals(issuerKeyHash)
  );
}

/** A CertID with SHA-1, which every responder knows. */
export function writeCertificateId(certificate: Certificate, issuer: Certificate): Uint8Array {
  const algorithm = sequence(derOid(SHA1), writeDer(TAG.null, new Uint8Array()));
  return sequence(
    algorithm,
    writeDer(TAG.octetString, digest('sha1', certificate.issuer.der)),
    writeDer(TAG.octetString, digest('sha1', keyBits(issuer))),
    writeDer(TAG.integer, Buffer.from(certificate.serial, 'hex')),
  );
}

export const sequence = (...parts: readonly Uint8Array[]): Uint8Array =>
  writeDer(TAG.sequence, Buffer.concat(parts));

/** What names a key in OCSP: SHA-1 of its bits, without what says of which kind it is. */
export const keyHashOf = (certificate: Certificate): Buffer => digest('sha1', keyBits(certificate));

const digest = (hash: string, bytes: Uint8Array): Buffer => createHash(hash).update(bytes).digest();

const keyBits = ({ publicKeyInfo }: Certificate): Uint8Array =>
  readBits(childrenOf(readDer(publicKeyInfo))[1]!);
