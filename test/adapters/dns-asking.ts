import { afterEach } from '@jest/globals';
import type { Packet } from 'dns-packet';
import { dnsDirectory, type DnsOptions } from '../../shared/adapters/dns.ts';
import type { Answer, CertRecord } from '../../shared/discover/directory.ts';
import { done, type Outcome } from '../../shared/outcome.ts';
import { certAnswer, fakeDns, type FakeDns, type Oddities } from '../support/fake-dns.ts';

export const NAME = 'dr.example.org';
export const DATA = Uint8Array.of(0x30, 0x01, 0x00);
export const FOUND = done({ records: [{ type: 1, data: DATA }], ttlSeconds: 60 });
export const FAST = { timeoutMs: 150, tries: 1 };

const servers: FakeDns[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

/** Closed when the test is over. */
export async function serve(oddities: Oddities): Promise<FakeDns> {
  const server = await fakeDns(oddities);
  servers.push(server);
  return server;
}

/** What is said of certificates at `NAME` when the only resolver is as odd as that. */
export async function ask(
  oddities: Oddities,
  options: Partial<DnsOptions> = {},
): Promise<Outcome<Answer<CertRecord>>> {
  const server = await serve(oddities);
  return dnsDirectory({ resolvers: server.address, ...FAST, ...options }).certRecords(NAME);
}

/** One certificate at `NAME`. */
export const good: Packet = { answers: [certAnswer(NAME, DATA)] };
