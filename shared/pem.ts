const CERTIFICATE = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/g;

/** What stands in a text as PEM certificates, in order, and is not looked at: it should be DER. Other texts hold none. */
export const certificatesInPem = (text: string): readonly Uint8Array[] =>
  [...text.matchAll(CERTIFICATE)].map(([, base64 = '']) =>
    Uint8Array.from(Buffer.from(base64, 'base64')),
  );
