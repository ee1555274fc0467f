import { X509Certificate } from 'node:crypto';

const PEM_BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----[^-]+-----END \1-----/g;

/**
 * The certificates of a PEM file, without what is written around them.
 *
 * @throws Error when something else is in it
 */
export const anchorsIn = (text: string): readonly string[] =>
  [...text.matchAll(PEM_BLOCK)].map(([pem, label]) => certificate(pem, label));

function certificate(pem: string, label = ''): string {
  if (label !== 'CERTIFICATE') throw new Error(`holds a ${label}; anchors are certificates only`);
  return new X509Certificate(pem).toString();
}
