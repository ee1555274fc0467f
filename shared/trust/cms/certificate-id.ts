import { OID } from './algorithms.ts';
import { oidOf, readBer, type Ber } from './ber.ts';
import { TAG } from './der.ts';

/** By what CMS calls a certificate: issuer and serial number as they stand in it, and its subject key identifier if it has one. */
export interface CertificateId {
  readonly issuer: Uint8Array;
  readonly serial: Uint8Array;
  readonly keyId?: Uint8Array;
}

/**
 * Reads them off a certificate (RFC 5280) without looking at anything else in it.
 *
 * @returns undefined when the bytes are no certificate
 */
export function certificateIdOf(certificate: Uint8Array): CertificateId | undefined {
  const fields = readBer(certificate)?.children[0]?.children ?? [];
  const [serial, , issuer, , , , ...optional] = fields.filter(
    ({ tag }) => tag !== TAG.constructed0,
  );
  if (serial?.tag !== TAG.integer || issuer?.tag !== TAG.sequence) return undefined;
  const extensions = optional.find(({ tag }) => tag === TAG.constructed3)?.children[0]?.children;
  const extension = extensions?.find(
    ({ children }) => oidOf(children[0]) === OID.subjectKeyIdentifier,
  );
  const keyId = readBer(extension?.children.at(-1)?.content ?? new Uint8Array())?.content;
  return { issuer: issuer.raw, serial: serial.raw, ...(keyId && { keyId }) };
}

/** Whether a recipient or signer identifier names the certificate. Names are compared as bytes. */
export function isNamed(identifier: Ber, { issuer, serial, keyId }: CertificateId): boolean {
  if (identifier.tag === TAG.implicit0) return same(identifier.content, keyId);
  const [itsIssuer, itsSerial] = identifier.children;
  return same(issuer, itsIssuer?.raw) && same(serial, itsSerial?.raw);
}

export const same = (left: Uint8Array, right: Uint8Array | undefined): boolean =>
  right !== undefined && Buffer.compare(left, right) === 0;
