const PEM = /-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\s]+)-----END \1-----/g;

/** What is written between the dashes of PEM (RFC 7468), old spellings among them. */
const LABELS = {
  certificate: ['CERTIFICATE', 'X509 CERTIFICATE'],
  crl: ['X509 CRL', 'CRL'],
  ocsp: ['OCSP RESPONSE'],
} as const;

/**
 * The DER of each object in a text: all of that kind in PEM, or one in base64.
 *
 * @returns none when it is neither
 */
export function objectsIn(text: string, kind: keyof typeof LABELS): readonly Uint8Array[] {
  if (text.includes('-----BEGIN ')) {
    return [...text.matchAll(PEM)]
      .filter(([, label]) => LABELS[kind].some((each) => each === label))
      .map(([, , base64 = '']) => Buffer.from(base64, 'base64'));
  }
  const base64 = text.replace(/\s/g, '');
  const isBase64 = /^(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(base64);
  return isBase64 ? [Buffer.from(base64, 'base64')] : [];
}

/** The same of a file, which holds PEM, or DER as it is. */
export function objectsInFile(bytes: Uint8Array, kind: keyof typeof LABELS): readonly Uint8Array[] {
  const text = Buffer.from(bytes).toString('latin1');
  return text.includes('-----BEGIN ') ? objectsIn(text, kind) : [bytes];
}
