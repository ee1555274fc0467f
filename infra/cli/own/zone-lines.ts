import type { Certificate } from '../../../shared/trust/certificate.ts';
import { PKIX } from '../../../shared/discover/dns-cert.ts';

/** A CERT record of a certificate at a name. */
export interface ZoneRecord {
  readonly owner: string;
  readonly ttlSeconds: number;
  readonly certificate: Certificate;
}

/** CERT in the words of its own type (RFC 4398 section 2.2): `name. TTL IN CERT PKIX tag algorithm base64`. */
export const certLine = ({ owner, ttlSeconds, certificate }: ZoneRecord): string =>
  `${zoneName(owner)} ${ttlSeconds} IN CERT PKIX ${keyTagOf(certificate)} ${algorithmOf(certificate)} ` +
  Buffer.from(certificate.der).toString('base64');

/** The same for name servers that do not know the type (RFC 3597 section 5). */
export function genericLine({ owner, ttlSeconds, certificate }: ZoneRecord): string {
  const tag = keyTagOf(certificate);
  const head = [PKIX >> 8, PKIX & 255, tag >> 8, tag & 255, algorithmOf(certificate)];
  const rdata = Buffer.concat([Buffer.from(head), certificate.der]);
  return `${zoneName(owner)} ${ttlSeconds} IN TYPE37 \\# ${rdata.length} ${rdata.toString('hex')}`;
}

/**
 * A name as zone files write it, from the root: dots part its labels, and what means something in such a file stands
 * behind a backslash.
 *
 * @see RFC 1035 section 5.1
 */
export const zoneName = (name: string): string =>
  `${name.replace(/[^A-Za-z0-9._-]/g, (sign) => `\\${sign}`)}.`;

/** The last 16 bits of an RSA modulus, as the reference implementation writes it. Nobody who looks for mail reads it. */
function keyTagOf({ publicKey }: Certificate): number {
  const { n } = publicKey.asymmetricKeyType === 'rsa' ? publicKey.export({ format: 'jwk' }) : {};
  return n === undefined
    ? 0
    : Buffer.from(n, 'base64url').readUInt16BE(Buffer.from(n, 'base64url').length - 2);
}

const ALGORITHMS: Readonly<Record<string, number>> = { sha256: 8, sha512: 10 };

/** A number of DNSSEC; 0 stands for one that DNSSEC does not know. */
const algorithmOf = ({ signatureAlgorithm: algorithm }: Certificate): number =>
  algorithm.kind === 'rsa' ? (ALGORITHMS[algorithm.hash] ?? 0) : 0;
