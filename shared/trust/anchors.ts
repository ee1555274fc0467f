import { X509Certificate } from 'node:crypto';
import { type Certificate, readCertificate } from './certificate.ts';

/**
 * The configured anchors, read.
 *
 * @throws Error when a setting is no certificate
 */
export const anchorsOf = ({
  anchors,
}: {
  readonly anchors: readonly string[];
}): readonly Certificate[] =>
  anchors.map((pem, at) => {
    const read = readCertificate(new X509Certificate(pem).raw);
    if (!read.ok) throw new Error(`anchors[${at}] cannot be read`);
    return read.value;
  });
