import type { KeyObject } from 'node:crypto';

/** RSA/SHA-256 among the algorithm numbers of DNSSEC. */
export const RSA_SHA256 = 8;

/**
 * The key tag that a CERT record may name its key by, of an RSA key.
 *
 * @see RFC 4034 appendix B; RFC 3110 section 2
 */
export function keyTagOf(publicKey: KeyObject): number {
  const { e = '', n = '' } = publicKey.export({ format: 'jwk' });
  const [exponent, modulus] = [e, n].map((text) => Buffer.from(text, 'base64url'));
  // Flags of a key that signs no zone, protocol 3, algorithm, length of the exponent.
  const head = Buffer.of(0, 0, 3, RSA_SHA256, exponent!.length);
  const rdata = Buffer.concat([head, exponent!, modulus!]);
  const sum = rdata.reduce((all, octet, index) => all + (index % 2 === 0 ? octet << 8 : octet), 0);
  return (sum + ((sum >> 16) & 0xffff)) & 0xffff;
}
