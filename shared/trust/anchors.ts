import { certificatesInPem } from '../pem.ts';
import { readCertificate, type Certificate } from './certificate.ts';

/**
 * The configured anchors, read.
 *
 * @param settings PEM texts of one or more certificates each
 * @throws Error that names the place of the first one that cannot be read
 */
export const anchorsOf = (settings: {
  readonly anchors: readonly string[];
}): readonly Certificate[] =>
  settings.anchors.flatMap((pem, index) => certificatesOf(pem, `anchors.${index}`));

/**
 * The certificates of a PEM text of the settings: at least one.
 *
 * @param place in the settings
 * @throws Error that names the place when one of them cannot be read
 */
export function certificatesOf(
  pem: string,
  place: string,
): readonly [Certificate, ...Certificate[]] {
  const read = certificatesInPem(pem).map(readCertificate);
  const [first, ...others] = read.flatMap((each) => (each.ok ? [each.value] : []));
  if (!first || others.length + 1 < read.length) {
    throw new Error(`The settings are wrong:\n  ${place}: not a certificate`);
  }
  return [first, ...others];
}
