import { randomInt } from 'node:crypto';

/** What is written of a CERT record, RFC 4398 section 2. */
export interface CertLine {
  /** As RFC 4398 section 2.1 numbers them. */
  readonly type: number;
  readonly keyTag?: number;
  readonly algorithm?: number;
  readonly data: Uint8Array;
}

export interface SrvLine {
  readonly priority: number;
  readonly weight: number;
  readonly port: number;
  /** The root when empty. */
  readonly target: string;
}

export interface ZoneText {
  readonly origin: string;
  /** Drawn anew for each, so that a server proves by it that it is the one that was started. */
  readonly serial: number;
  readonly text: string;
}

export const certLine = (
  owner: string,
  { type, keyTag = 0, algorithm = 0, data }: CertLine,
): string =>
  `${owner}. IN CERT ${type} ${keyTag} ${algorithm} ${Buffer.from(data).toString('base64')}`;

export const srvLine = (owner: string, { priority, weight, port, target }: SrvLine): string =>
  `${owner}. IN SRV ${priority} ${weight} ${port} ${target}.`;

export const addressLine = (owner: string): string => `${owner}. IN A 127.0.0.1`;

export const aliasLine = (owner: string, target: string): string => `${owner}. IN CNAME ${target}.`;

/** A zone file, RFC 1035 section 5, of records with absolute owners. */
export function zoneOf(
  origin: string,
  lines: readonly string[],
  { ttlSeconds = 300 }: { readonly ttlSeconds?: number } = {},
): ZoneText {
  const serial = randomInt(1, 2 ** 31);
  const head = [
    `$ORIGIN ${origin}.`,
    `$TTL ${ttlSeconds}`,
    `@ IN SOA ns1 hostmaster ${serial} 3600 600 86400 60`,
    '@ IN NS ns1',
    'ns1 IN A 127.0.0.1',
  ];
  return { origin, serial, text: `${[...head, ...lines].join('\n')}\n` };
}
