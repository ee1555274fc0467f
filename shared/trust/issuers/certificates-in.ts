import { readableOf, readCertificate, type Certificate } from '../certificate.ts';
import { readSignedData } from '../cms/read-signed-data.ts';

const MOST_CERTIFICATES = 32;
const PEM = /-----BEGIN (?:X509 )?(?:CERTIFICATE|PKCS7|CMS)-----([A-Za-z0-9+/=\s]+)-----END /g;

/**
 * The certificates that an object holds: DER of one, SignedData with nothing but certificates, or PEM of either, several
 * after each other. What cannot be read is passed over.
 *
 * @see RFC 5280 section 4.2.2.1
 */
export function certificatesIn(bytes: Uint8Array): readonly Certificate[] {
  const text = Buffer.from(bytes).toString('latin1');
  const objects = text.includes('-----BEGIN ')
    ? [...text.matchAll(PEM)].map(([, base64 = '']) => Buffer.from(base64, 'base64'))
    : [bytes];
  return objects.slice(0, MOST_CERTIFICATES).flatMap(readObject).slice(0, MOST_CERTIFICATES);
}

function readObject(bytes: Uint8Array): readonly Certificate[] {
  const one = readCertificate(bytes);
  if (one.ok) return [one.value];
  const signed = readSignedData(bytes, {
    mostCertificates: MOST_CERTIFICATES,
    leaveCertificatesShut: true,
  });
  if (typeof signed === 'string') return [];
  return readableOf(signed.certificates);
}
