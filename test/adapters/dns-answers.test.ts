import { describe, expect, test } from '@jest/globals';
import type { Packet } from 'dns-packet';
import { dnsDirectory } from '../../shared/adapters/dns.ts';
import { done, fail } from '../../shared/outcome.ts';
import { certAnswer, framed, reply, type Oddities } from '../support/fake-dns.ts';
import { ask, DATA, FAST, FOUND, good, NAME, serve } from './dns-asking.ts';

const soa = (ttl: number, minimum: number): NonNullable<Packet['authorities']>[number] => ({
  type: 'SOA',
  name: 'example.org',
  ttl,
  data: { mname: 'ns.example.org', rname: 'root.example.org', minimum },
});

describe('how long an answer may be believed', () => {
  const alias = { type: 'CNAME', ttl: 40, name: NAME, data: 'a.test' } as const;

  test.each<[string, number, Packet]>([
    [
      'the least of the records',
      50,
      { answers: [70, 50].map((ttl) => certAnswer(NAME, DATA, ttl)) },
    ],
    [
      'that of an alias, where it is less',
      40,
      { answers: [alias, certAnswer('a.test', DATA, 90)] },
    ],
    ['nothing, where the highest bit is set', 0, { answers: [certAnswer(NAME, DATA, 2 ** 31)] }],
    ['what the zone says of absence', 60, { flags: 3, authorities: [soa(900, 60)] }],
    ['as long as the zone is known', 30, { authorities: [soa(30, 600)] }],
    ['an alias to nothing', 40, { answers: [alias], authorities: [soa(900, 600)] }],
    ['five minutes, when nobody says', 300, {}],
  ])('is %s: %d seconds', async (_, ttlSeconds, packet) => {
    const answer = await ask({ udp: (query) => reply(query, packet) });
    expect(answer).toMatchObject({ ok: true, value: { ttlSeconds } });
  });
});

async function askForServers(answers: NonNullable<Packet['answers']>) {
  const server = await serve({ udp: (query) => reply(query, { answers }) });
  return dnsDirectory({ resolvers: server.address, ...FAST }).serverRecords(NAME);
}

describe('servers of a domain', () => {
  const data = { priority: 1, weight: 2, port: 389, target: 'LDAP.example.org' };
  const record = { type: 'SRV', ttl: 77, name: NAME, data } as const;

  test('are read as they are written', async () => {
    expect(await askForServers([record])).toEqual(done({ records: [data], ttlSeconds: 77 }));
  });

  test('are none where the target is the root, which is told as it is', async () => {
    const records = [{ ...data, target: '' }];
    const root = { ...record, data: { ...data, target: '.' } };
    expect(await askForServers([root])).toEqual(done({ records, ttlSeconds: 77 }));
  });

  test('are found behind an alias, and no other record passes for one', async () => {
    const alias = { type: 'CNAME', ttl: 90, name: NAME, data: 'a.test' } as const;
    const answers = [certAnswer('a.test', DATA), { ...record, name: 'a.test' }, alias];
    expect(await askForServers(answers)).toEqual(done({ records: [data], ttlSeconds: 77 }));
  });
});

describe('transport by setting', () => {
  test('tcp sends no datagram', async () => {
    const server = await serve({
      udp: (query) => reply(query, {}),
      tcp: (query) => framed(reply(query, good)),
    });
    const options = { resolvers: server.address, ...FAST, transport: 'tcp' } as const;
    await expect(dnsDirectory(options).certRecords(NAME)).resolves.toEqual(FOUND);
    expect(server.asked).toHaveLength(1);
  });

  test('tcp asks again without EDNS too', async () => {
    const oddities: Oddities = {
      tcp: (query) => framed(reply(query, query.additionals!.length > 0 ? { flags: 1 } : good)),
    };
    await expect(ask(oddities, { transport: 'tcp' })).resolves.toEqual(FOUND);
  });

  test('discover/unreachable: the TCP port is closed', async () => {
    await expect(ask({ tcpRefused: true }, { transport: 'tcp' })).resolves.toEqual(
      fail('discover/unreachable'),
    );
  });
});
