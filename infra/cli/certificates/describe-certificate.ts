import { X509Certificate } from 'node:crypto';

/** What an operator wants to see of a certificate. Times are ISO 8601 UTC. */
export interface CertificateView {
  readonly subject: string;
  readonly issuer: string;
  readonly subjectAltName: string;
  readonly validFrom: string;
  readonly validTo: string;
  readonly key: string;
  readonly serialNumber: string;
  /** Hex of 32 bytes, with colons. */
  readonly sha256: string;
}

/** Bytes that are no certificate are said to be so. */
export function viewOf(der: Uint8Array): CertificateView | { readonly unreadableBytes: number } {
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(der);
  } catch {
    return { unreadableBytes: der.length };
  }
  const { asymmetricKeyType: kind = 'unknown', asymmetricKeyDetails: details } =
    certificate.publicKey;
  const size = details?.modulusLength ?? details?.namedCurve;
  return {
    subject: onOneLine(certificate.subject),
    issuer: onOneLine(certificate.issuer),
    subjectAltName: certificate.subjectAltName ?? 'none',
    validFrom: certificate.validFromDate.toISOString(),
    validTo: certificate.validToDate.toISOString(),
    key: size === undefined ? kind : `${kind} ${size}`,
    serialNumber: certificate.serialNumber,
    sha256: certificate.fingerprint256,
  };
}

export function linesOf(der: Uint8Array, title: string): readonly string[] {
  const view = viewOf(der);
  if ('unreadableBytes' in view)
    return [`${title}: no certificate (${view.unreadableBytes} bytes)`];
  return [
    `${title}: ${view.subject}`,
    `  for      ${view.subjectAltName}`,
    `  issuer   ${view.issuer}`,
    `  valid    ${view.validFrom} to ${view.validTo}`,
    `  key      ${view.key}`,
    `  SHA-256  ${view.sha256}`,
  ];
}

/** Node puts each attribute of a name on a line of its own; the name of a root may be empty. */
const onOneLine = (name: string | undefined): string =>
  (name ?? '').split('\n').join(', ') || '(empty name)';
