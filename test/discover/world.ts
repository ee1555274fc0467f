import { discover, type DiscoveryRules } from '../../shared/discover/discover.ts';
import type { Cache, CacheKey } from '../../shared/discover/cache.ts';
import type { CertRecord, ServerRecord } from '../../shared/discover/directory.ts';
import type { DiscoverAnswer } from '../../shared/discover/discovery.ts';
import type { DirectAddress } from '../../shared/ids.ts';
import { memoryDirectory } from '../support/memory/directory.ts';
import { memoryFetch } from '../support/memory/fetch.ts';
import { memoryLdap } from '../support/memory/ldap.ts';
import { cachedAuthority, issueQuickly, type IssueOptions } from '../support/pki.ts';

export const ADDRESS = 'dr.jones@direct.example.org' as DirectAddress;
export const AT_ADDRESS = 'dr.jones.direct.example.org';
export const AT_DOMAIN = 'direct.example.org';
export const SERVERS = '_ldap._tcp.direct.example.org';
export const JUNK = Uint8Array.of(0x30, 0x03, 0x02, 0x01, 0x05);

export const NOW = new Date('2026-11-22T12:00:00.000Z');

export interface Kept {
  readonly key: CacheKey;
  readonly bytes: Uint8Array;
  readonly until: Date;
}

/** All that discovery may ask, in memory, and a clock that goes 5 ms on at each look at it. */
export function discoveryWorld() {
  const directory = memoryDirectory();
  const ldap = memoryLdap();
  const fetching = memoryFetch();
  const kept: Kept[] = [];
  const cache: Cache = {
    read: async ({ kind, name }) =>
      kept.findLast(({ key }) => key.kind === kind && key.name === name)?.bytes,
    keep: async (key, bytes, until) => void kept.push({ key, bytes, until }),
  };
  let clockMs = NOW.getTime() - 5;
  const now = (): Date => new Date((clockMs += 5));
  const ports = { directory, ldap, fetch: fetching.fetch, cache, now };
  return {
    ...ports,
    fetching,
    kept,
    ports,
    lookUp: (address = ADDRESS, rules?: DiscoveryRules): Promise<DiscoverAnswer> =>
      discover(address, ports, rules),
  };
}

export const pkix = (data: Uint8Array): CertRecord => ({ type: 1, data });
export const link = (type: 4 | 253, text: string): CertRecord => ({
  type,
  data: Buffer.from(text, 'latin1'),
});

export const server = (target: string, priority = 0, weight = 0, port = 389): ServerRecord => ({
  priority,
  weight,
  port,
  target,
});

export const certificateFor = async (options: IssueOptions): Promise<Uint8Array> =>
  (await issueQuickly(await cachedAuthority(), options)).certificate;
