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
  return isBase64(base64) ? [Buffer.from(base64, 'base64')] : [];
}

/** Looks for what does not belong: a pattern of the whole runs out of stack at some megabytes. */
function isBase64(text: string): boolean {
  const bare = text.endsWith('==') ? text.slice(0, -2) : text.replace(/=$/, '');
  return text.length > 3 && text.length % 4 === 0 && !/[^A-Za-z0-9+/]/.test(bare);
}

/** The same of a file, which holds PEM, or DER as it is. */
export function objectsInFile(bytes: Uint8Array, kind: keyof typeof LABELS): readonly Uint8Array[] {
  const text = Buffer.from(bytes).toString('latin1');
  return text.includes('-----BEGIN ') ? objectsIn(text, kind) : [bytes];
}
