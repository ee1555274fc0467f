import { domainOf, type DirectAddress } from '../ids.ts';
import type { CertRecord } from './directory.ts';

/** CERT type whose data is one DER certificate. */
export const PKIX = 1;
/** CERT types whose data is the URL at which one lies: as RFC 4398 names it, and as peers use URI. */
export const IPKIX = 4;
export const URI = 253;

const MAX_LABEL_OCTETS = 63;
const MAX_NAME_OCTETS = 255;

/** Where the certificate of an address itself is published: the at sign becomes a dot, dots before it stay dots. */
export const addressName = (address: DirectAddress): string => address.replace('@', '.');

/** Where the certificate of a whole domain is published. */
export const domainName = (address: DirectAddress): string => domainOf(address);

/**
 * Whether DNS can hold the name: labels of 1 to 63 octets, 255 octets in all with their length octets and the root.
 * An addr-spec may be longer (its local part 64 octets, the whole 254): nothing can be published at such a name.
 */
export function isDnsName(name: string): boolean {
  const labels = name.split('.').map((label) => Buffer.byteLength(label));
  const octets = labels.reduce((sum, length) => sum + 1 + length, 1);
  return (
    octets <= MAX_NAME_OCTETS && labels.every((length) => length > 0 && length <= MAX_LABEL_OCTETS)
  );
}

/**
 * Reads the RDATA of a CERT record: type (2 octets), key tag (2), algorithm (1), then the data.
 * Undefined when it is too short to hold any.
 */
export function readCertRdata(rdata: Uint8Array): CertRecord | undefined {
  const [high, low] = rdata;
  if (high === undefined || low === undefined || rdata.length < 5) return undefined;
  return { type: high * 256 + low, data: Uint8Array.from(rdata.subarray(5)) };
}

/** The RDATA that `readCertRdata` reads, with key tag and algorithm 0. */
export const writeCertRdata = ({ type, data }: CertRecord): Buffer =>
  Buffer.concat([Buffer.from([type >> 8, type & 255, 0, 0, 0]), data]);
