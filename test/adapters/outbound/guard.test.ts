import { afterEach, describe, expect, test } from '@jest/globals';
import { guardedAddress, type Guarded } from '../../../shared/adapters/outbound/guard.ts';
import { fakeDns, type FakeDns } from '../../support/fake-dns.ts';
import { leading } from '../../support/leading-names.ts';

/** Port 9 of this machine: nobody answers there, and no test below may need to ask. */
const NOBODY = '127.0.0.1:9';

const guard = (host: string, port = 80, more: { loopback?: boolean; resolvers?: string } = {}) =>
  guardedAddress(host, port, {
    loopback: false,
    resolvers: NOBODY,
    within: AbortSignal.timeout(10_000),
    ...more,
  });

const BLOCKED: Guarded = { kind: 'blocked' };
const allowed = (address: string, family: 4 | 6 = 4): Guarded => ({
  kind: 'allowed',
  address,
  family,
});

describe('an address that is written out', () => {
  test.each([
    '169.254.169.254',
    '169.254.169.254.',
    '2852039166',
    '0xA9FEA9FE',
    '0xa9.0xfe.0251.254',
    '0251.0376.0251.0376',
    '169.16689662',
    '１６９.254.169.254',
    '::ffff:169.254.169.254',
    '[::ffff:169.254.169.254]',
    '[::ffff:a9fe:a9fe]',
    '[0:0:0:0:0:ffff:a9fe:a9fe]',
    '[64:ff9b::169.254.169.254]',
    '[64:ff9b:1::8.8.8.8]',
    '[::169.254.169.254]',
    '[2002:a9fe:a9fe::]',
    '[2002:0808:0808::]',
    '[2001:0:4136:e378:8000:63bf:3fff:fdd2]',
    '[fd00:ec2::254]',
    '[fc00::1]',
    '[fe80::1]',
    'fe80::1%eth0',
    '[fe80::1%25eth0]',
    '2606:4700::1111%eth0',
    '[fec0::1]',
    '[ff02::1]',
    '[::]',
    '[2001:db8::1]',
    '[2001:2::1]',
    '[3fff::1]',
    '[5f00::1]',
    '0.0.0.0',
    '0',
    '10.0.0.1',
    '100.64.0.1',
    '100.100.100.200',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '192.0.0.192',
    '192.0.2.1',
    '198.18.0.1',
    '198.19.255.255',
    '198.51.100.1',
    '203.0.113.1',
    '168.63.129.16',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
  ])('%s is blocked, with this machine open or not', async (host) => {
    expect(await guard(host)).toEqual(BLOCKED);
    expect(await guard(host, 80, { loopback: true })).toEqual(BLOCKED);
  });

  test.each([
    ['127.0.0.1', allowed('127.0.0.1')],
    ['127.1', allowed('127.0.0.1')],
    ['2130706433', allowed('127.0.0.1')],
    ['127.255.255.254', allowed('127.255.255.254')],
    ['localhost', allowed('127.0.0.1')],
    ['LOCALHOST.', allowed('127.0.0.1')],
    ['mail.localhost', allowed('127.0.0.1')],
    ['::1', allowed('::1', 6)],
    ['[0:0:0:0:0:0:0:1]', allowed('::1', 6)],
    ['[::ffff:127.0.0.1]', allowed('::ffff:7f00:1', 6)],
  ])('%s is this machine, and open only by the setting', async (host, open) => {
    expect(await guard(host)).toEqual(BLOCKED);
    expect(await guard(host, 80, { loopback: true })).toEqual(open);
  });

  test.each([
    ['8.8.8.8', allowed('8.8.8.8')],
    ['134744072', allowed('8.8.8.8')],
    ['100.63.255.255', allowed('100.63.255.255')],
    ['100.128.0.0', allowed('100.128.0.0')],
    ['172.32.0.0', allowed('172.32.0.0')],
    ['[2606:4700::1111]', allowed('2606:4700::1111', 6)],
    ['2606:4700::1111', allowed('2606:4700::1111', 6)],
    ['[64:ff9b::8.8.8.8]', allowed('64:ff9b::808:808', 6)],
  ])('%s is public', async (host, expected) => {
    expect(await guard(host)).toEqual(expected);
  });
});

describe('a host that is no host', () => {
  test.each([
    '',
    '.',
    '..',
    'a..b',
    'example.test..',
    '-a.test',
    'a b.test',
    'a\tb.test',
    'user@example.test',
    'example.test:80',
    'example.test/x',
    'example.test?x',
    'example.test#x',
    'example.test\\x',
    'ex%61mple.test',
    '[::1',
    '256.1.1.1',
    '1.2.3.4.5',
    'a\0.test',
    `${'a'.repeat(64)}.test`,
    `${'a.'.repeat(126)}test`,
  ])('%j is blocked', async (host) => {
    expect(await guard(host)).toEqual(BLOCKED);
  });
});

describe('ports', () => {
  test.each([80, 443, 389, 636, 1024, 10_080, 65_535])('%i is open', async (port) => {
    expect(await guard('8.8.8.8', port)).toEqual(allowed('8.8.8.8'));
  });

  test.each([0, -1, 22, 25, 53, 1023, 65_536, 1024.5, Number.NaN])('%d is not', async (port) => {
    expect(await guard('8.8.8.8', port)).toEqual(BLOCKED);
  });
});

describe('a name', () => {
  let dns: FakeDns | undefined;
  afterEach(async () => {
    await dns?.close();
    dns = undefined;
  });

  /** Answers with the given addresses, the n-th query of each type with the n-th list. */
  async function zone(lists: { A?: string[][]; AAAA?: string[][] }): Promise<string> {
    const asked = { A: 0, AAAA: 0 };
    dns = await fakeDns({
      udp: leading({
        A: () => lists.A?.[asked.A++] ?? [],
        AAAA: () => lists.AAAA?.[asked.AAAA++] ?? [],
      }),
    });
    return dns.address;
  }

  const of = async (
    lists: { A?: string[][]; AAAA?: string[][] },
    loopback = false,
  ): Promise<Guarded> => guard('host.test', 443, { resolvers: await zone(lists), loopback });

  test('with a public address is allowed, at that address', async () => {
    expect(await of({ A: [['8.8.8.8']] })).toEqual(allowed('8.8.8.8'));
    expect(dns?.asked.map(({ questions }) => questions?.[0]?.name)).toEqual([
      'host.test',
      'host.test',
    ]);
  });

  test('with both kinds is reached by IPv4', async () => {
    const both = { A: [['8.8.8.8']], AAAA: [['2606:4700::1111']] };
    expect(await of(both)).toEqual(allowed('8.8.8.8'));
  });

  test('with IPv6 only is allowed', async () => {
    expect(await of({ AAAA: [['2606:4700::1111']] })).toEqual(allowed('2606:4700::1111', 6));
  });

  test.each<[string, { A?: string[][]; AAAA?: string[][] }]>([
    ['loopback', { A: [['127.0.0.1']] }],
    ['metadata', { A: [['169.254.169.254']] }],
    ['one public and one private address', { A: [['8.8.8.8', '10.0.0.1']] }],
    ['a public address and a private one of IPv6', { A: [['8.8.8.8']], AAAA: [['fd00:ec2::254']] }],
    [
      'a public address and a mapped private one',
      { A: [['8.8.8.8']], AAAA: [['::ffff:10.0.0.1']] },
    ],
  ])('that leads to %s is blocked', async (_, lists) => {
    expect(await of(lists)).toEqual(BLOCKED);
  });

  test('that leads to this machine is allowed where that is open, and nothing else private', async () => {
    expect(await of({ A: [['127.0.0.1']] }, true)).toEqual(allowed('127.0.0.1'));
    await dns?.close();
    expect(await of({ A: [['127.0.0.1', '10.0.0.1']] }, true)).toEqual(BLOCKED);
  });

  test('is looked up once: a second answer that differs is never asked for', async () => {
    expect(await of({ A: [['8.8.8.8'], ['127.0.0.1']] })).toEqual(allowed('8.8.8.8'));
    expect(dns?.asked).toHaveLength(2);
  });

  test('without an address is unreachable', async () => {
    expect(await of({})).toEqual({ kind: 'unreachable' });
  });

  test('is not asked for when the time is over already', async () => {
    const resolvers = await zone({ A: [['8.8.8.8']] });
    const answer = guardedAddress('host.test', 80, {
      loopback: false,
      resolvers,
      within: AbortSignal.abort(),
    });
    expect(await answer).toEqual({ kind: 'unreachable' });
    expect(dns?.asked).toEqual([]);
  });

  test('is asked of the next name server when the first is gone', async () => {
    const resolvers = `127.0.0.1:9,${await zone({ A: [['8.8.8.8']] })}`;
    expect(await guard('host.test', 80, { resolvers })).toEqual(allowed('8.8.8.8'));
  });

  test('whose name server says nothing is left as soon as the time is over, not when it is tired', async () => {
    dns = await fakeDns({ udp: () => undefined });
    const within = AbortSignal.timeout(50);
    const options = { loopback: false, resolvers: dns.address, within };
    let patience: NodeJS.Timeout | undefined;
    const late = new Promise((resolve) => {
      patience = setTimeout(resolve, 1900, 'late');
    });
    const first = await Promise.race([guardedAddress('host.test', 80, options), late]);
    clearTimeout(patience);
    expect(first).toEqual({ kind: 'unreachable' });
  });

  test('that no name server could be asked for is a wrong setting', async () => {
    await expect(guard('host.test', 80, { resolvers: 'not a resolver' })).rejects.toThrow(
      'RESOLVERS',
    );
  });
});
