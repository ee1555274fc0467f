import { describe, expect, test } from '@jest/globals';
import type { OptAnswer, Packet } from 'dns-packet';
import { TRUNCATED_RESPONSE } from 'dns-packet';
import { startDnsServer } from '../../infra/local/world/dns-server.ts';
import { dnsDirectory } from '../../shared/adapters/dns.ts';
import { done, fail } from '../../shared/outcome.ts';
import { directoryContract } from '../contracts/directory.ts';
import { certAnswer, framed, reply, type Oddities } from '../support/fake-dns.ts';
import { ask, DATA, FAST, FOUND, good, NAME, serve } from './dns-asking.ts';

directoryContract('DNS over the local server', async () => {
  const server = await startDnsServer();
  return {
    directory: dnsDirectory({ resolvers: server.address }),
    publish: server.set,
    close: server.close,
  };
});

describe('an answer over UDP', () => {
  test('is taken whatever the case in which the question comes back', async () => {
    await expect(
      ask({
        udp: (query) =>
          reply(query, {
            questions: [{ ...query.questions![0]!, name: 'DR.Example.ORG' }],
            answers: [certAnswer('dr.EXAMPLE.org', DATA)],
          }),
      }),
    ).resolves.toEqual(FOUND);
  });

  test.each<[string, (query: Parameters<typeof reply>[0]) => Packet]>([
    ['another id', (query) => ({ id: (query.id ?? 0) ^ 1 })],
    ['another name', (query) => ({ questions: [{ ...query.questions![0]!, name: 'x.org' }] })],
    ['another type', (query) => ({ questions: [{ ...query.questions![0]!, type: 'A' }] })],
    ['the query bit', () => ({ type: 'query' })],
  ])('with %s is a stray, and the true one behind it is awaited', async (_, change) => {
    const udp: Oddities['udp'] = (query) => [
      reply(query, {
        ...good,
        answers: [certAnswer(NAME, Uint8Array.of(6, 6, 6))],
        ...change(query),
      }),
      reply(query, good),
    ];
    await expect(ask({ udp })).resolves.toEqual(FOUND);
  });

  test('from another source is not heard', async () => {
    const forged = certAnswer(NAME, Uint8Array.of(6, 6, 6));
    const server = await serve({
      udp: (query) => {
        void server
          .sendFromElsewhere(reply(query, { answers: [forged] }))
          .then(() => server.sendFromElsewhere(reply(query, { answers: [forged] })));
        return undefined;
      },
    });
    const directory = dnsDirectory({ resolvers: server.address, ...FAST });
    await expect(directory.certRecords(NAME)).resolves.toEqual(fail('discover/unreachable'));
  });

  test('gives the records at the end of its CNAMEs and no others', async () => {
    const answers: Packet['answers'] = [
      { type: 'CNAME', ttl: 90, name: NAME, data: 'one.hosting.test' },
      certAnswer('two.HOSTING.test', DATA),
      certAnswer('elsewhere.test', Uint8Array.of(6)),
      certAnswer(NAME, Uint8Array.of(6)),
      { type: 'CNAME', ttl: 70, name: 'one.hosting.test', data: 'two.hosting.test' },
    ];
    await expect(ask({ udp: (query) => reply(query, { answers }) })).resolves.toEqual(FOUND);
  });

  test('is asked for again without EDNS when the server knows none', async () => {
    const server = await serve({
      udp: (query) =>
        query.additionals!.length > 0
          ? reply(query, { flags: 1, questions: [] })
          : reply(query, good),
    });
    const directory = dnsDirectory({ resolvers: server.address, ...FAST });
    await expect(directory.certRecords(NAME)).resolves.toEqual(FOUND);
    expect(server.asked.map(({ additionals }) => additionals!.length)).toEqual([1, 0]);
  });

  test('is asked for again when the first datagram is lost', async () => {
    let seen = 0;
    const udp: Oddities['udp'] = (query) => (++seen > 1 ? reply(query, good) : undefined);
    await expect(ask({ udp }, { tries: 2 })).resolves.toEqual(FOUND);
  });

  test('never repeats the id of a query by habit', async () => {
    const server = await serve({ udp: (query) => reply(query, good) });
    const directory = dnsDirectory({ resolvers: server.address, ...FAST });
    for (let times = 0; times < 8; times++) await directory.certRecords(NAME);
    expect(new Set(server.asked.map(({ id }) => id)).size).toBeGreaterThan(4);
  });
});

const BAD_VERSION: OptAnswer = {
  type: 'OPT',
  name: '.',
  udpPayloadSize: 1232,
  extendedRcode: 1,
  ednsVersion: 0,
  flags: 0,
  flag_do: false,
  options: [],
};

const cut: Oddities['udp'] = (query) => reply(query, { flags: TRUNCATED_RESPONSE });
const cutThrough: Oddities['udp'] = (query) =>
  reply(query, { ...good, flags: TRUNCATED_RESPONSE }).subarray(0, -3);

describe('a cut answer', () => {
  test('is fetched by TCP, even when the cut goes through a record', async () => {
    await expect(
      ask({ udp: cutThrough, tcp: (query) => framed(reply(query, good)) }),
    ).resolves.toEqual(FOUND);
  });

  test.each<[string, Oddities]>([
    ['the TCP port is closed', { tcpRefused: true }],
    ['the connection ends without an answer', { tcp: () => undefined }],
    ['the length promises more than comes', { tcp: (query) => framed(reply(query, good), 9999) }],
  ])('discover/unreachable: %s', async (_, oddities) => {
    await expect(ask({ udp: cut, ...oddities })).resolves.toEqual(fail('discover/unreachable'));
  });

  test.each<[string, NonNullable<Oddities['tcp']>]>([
    ['the length cuts the answer', (query) => framed(reply(query, good), 40)],
    ['it is cut over TCP too', (query) => framed(reply(query, { flags: TRUNCATED_RESPONSE }))],
    ['it answers another id', (query) => framed(reply(query, { ...good, id: query.id! ^ 1 }))],
  ])('discover/malformed: %s', async (_, tcp) => {
    await expect(ask({ udp: cut, tcp })).resolves.toEqual(fail('discover/malformed'));
  });
});

describe('a resolver that cannot tell', () => {
  test.each([
    ['discover/unreachable', 'SERVFAIL', 2],
    ['discover/refused', 'NOTIMP', 4],
    ['discover/refused', 'REFUSED', 5],
    ['discover/malformed', 'NOTAUTH', 9],
  ] as const)('%s: %s', async (code, _, flags) => {
    await expect(ask({ udp: (query) => reply(query, { flags }) })).resolves.toEqual(fail(code));
  });

  const authorities = [{ type: 'NS', name: 'example.org', data: 'ns.example.org' } as const];

  test('discover/refused: it names other servers instead of asking them', async () => {
    await expect(ask({ udp: (query) => reply(query, { authorities }) })).resolves.toEqual(
      fail('discover/refused'),
    );
  });

  test('is another than one that names the servers of the zone in which there is no such name', async () => {
    const none = done({ records: [], ttlSeconds: 300 });
    await expect(ask({ udp: (query) => reply(query, { flags: 3, authorities }) })).resolves.toEqual(
      none,
    );
  });

  test('discover/malformed: a fault whose lower half is that of success', async () => {
    const additionals = [BAD_VERSION];
    await expect(ask({ udp: (query) => reply(query, { additionals }) })).resolves.toEqual(
      fail('discover/malformed'),
    );
  });

  test('discover/unreachable: silence, within the time that was given', async () => {
    const startedMs = performance.now();
    await expect(ask({}, { tries: 2 })).resolves.toEqual(fail('discover/unreachable'));
    expect(performance.now() - startedMs).toBeLessThan(2000);
  });

  test('discover/unreachable: the deadline ends all tries at all resolvers', async () => {
    const silent = (await serve({})).address;
    const directory = dnsDirectory({
      resolvers: [silent, silent, silent],
      timeoutMs: 5000,
      tries: 5,
      deadlineMs: 200,
    });
    const startedMs = performance.now();
    await expect(directory.certRecords(NAME)).resolves.toEqual(fail('discover/unreachable'));
    expect(performance.now() - startedMs).toBeLessThan(2000);
  });

  test.each<[string, (honest: Buffer) => Buffer]>([
    ['a message that ends within a record', (honest) => honest.subarray(0, -5)],
    ['a last record longer than the message', (honest) => withLastLength(honest, 500)],
    ['a CERT record of four octets', (honest) => withLastLength(honest, 4).subarray(0, -4)],
    ['more than 200 records', (honest) => withCount(honest, 201)],
    ['two questions', (honest) => Buffer.from(honest).fill(2, 5, 6)],
  ])('discover/malformed: %s', async (_, spoil) => {
    const udp: Oddities['udp'] = (query) => spoil(reply(query, good));
    await expect(ask({ udp })).resolves.toEqual(fail('discover/malformed'));
  });

  test('discover/malformed: a circle of CNAMEs', async () => {
    const answers: Packet['answers'] = [
      { type: 'CNAME', name: NAME, data: 'a.test' },
      { type: 'CNAME', name: 'a.test', data: NAME },
    ];
    await expect(ask({ udp: (query) => reply(query, { answers }) })).resolves.toEqual(
      fail('discover/malformed'),
    );
  });

  test('is followed by the next one in order', async () => {
    const failing = await serve({ udp: (query) => reply(query, { flags: 2 }) });
    const silent = await serve({});
    const able = await serve({ udp: (query) => reply(query, good) });
    const resolvers = `${failing.address}, ${silent.address},${able.address}`;
    const directory = dnsDirectory({ resolvers, ...FAST });
    await expect(directory.certRecords(NAME)).resolves.toEqual(FOUND);
  });

  test('is not followed by another when it says that there is nothing', async () => {
    const empty = await serve({ udp: (query) => reply(query, { flags: 3 }) });
    const other = await serve({ udp: (query) => reply(query, good) });
    const directory = dnsDirectory({ resolvers: [empty.address, other.address], ...FAST });
    await expect(directory.certRecords(NAME)).resolves.toEqual(
      done({ records: [], ttlSeconds: 300 }),
    );
    expect(other.asked).toHaveLength(0);
  });
});

test('discover/unreachable: whoever asks gives up while a resolver keeps silent', async () => {
  const server = await serve({});
  const directory = dnsDirectory({ resolvers: server.address, timeoutMs: 60_000 });
  await expect(directory.certRecords(NAME, AbortSignal.timeout(50))).resolves.toEqual(
    fail('discover/unreachable'),
  );
});

describe('the resolvers of a setting', () => {
  test.each(['', '127.0.0.1:0', '127.0.0.1:70000', 'a:b:c', '::1]:53', '127.0.0.1:53,,'])(
    '%j is refused when it is read',
    (resolvers) => {
      expect(() => dnsDirectory({ resolvers })).toThrow('RESOLVERS');
    },
  );

  test.each(['system', '[::1]:5353', '::1', '192.0.2.1', 'resolver.internal:53'])(
    '%j is understood',
    (resolvers) => {
      expect(dnsDirectory({ resolvers })).toBeDefined();
    },
  );
});

/** Rewrites RDLENGTH of the last record, whose data are the 8 octets at the end of the message. */
function withLastLength(message: Buffer, length: number): Buffer {
  const copy = Buffer.from(message);
  copy.writeUInt16BE(length, copy.length - 10);
  return copy;
}

function withCount(message: Buffer, count: number): Buffer {
  const records = Array.from({ length: count }, () => message.subarray(12 + NAME.length + 6));
  const copy = Buffer.concat([message.subarray(0, 12 + NAME.length + 6), ...records]);
  copy.writeUInt16BE(count, 6);
  return copy;
}
