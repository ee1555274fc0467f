import { readCertificate, type Certificate } from './certificate.ts';

const PEM = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/g;

/**
 * The configured anchors, read.
 *
 * @param settings PEM texts of one or more certificates each
 * @throws Error that names the place of the first one that cannot be read
 */
export const anchorsOf = (settings: {
  readonly anchors: readonly string[];
}): readonly Certificate[] =>
  settings.anchors.flatMap((pem, index) => {
    const found = [...pem.matchAll(PEM)].map(([, base64 = '']) => Buffer.from(base64, 'base64'));
    const read = found.map(readCertificate);
    if (read.length === 0 || !read.every((each) => each.ok)) {
      throw new Error(`The settings are wrong:\n  anchors.${index}: not a certificate`);
    }
    return read.map(({ value }) => value);
  });
