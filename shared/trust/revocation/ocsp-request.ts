import type { Certificate } from '../certificate.ts';
import { sequence, writeCertificateId } from './certificate-id.ts';

/**
 * Asks an OCSP responder about one certificate. Without a nonce: most responders give answers that they made before.
 *
 * @see RFC 6960 section 4.1
 */
export const ocspRequestFor = (certificate: Certificate, issuer: Certificate): Uint8Array =>
  sequence(sequence(sequence(sequence(writeCertificateId(certificate, issuer)))));
