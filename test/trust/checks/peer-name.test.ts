import { describe, expect, test } from '@jest/globals';
import { checkPeerName, type PeerName } from '../../../shared/trust/checks/peer-name.ts';
import { octetsOf } from '../../../shared/trust/ip-address.ts';
import { leafOf, rootOf } from '../../support/chains.ts';
import { namesExtension, type AnyName } from '../../support/pki.ts';

const peer = (type: PeerName['type'], value: string): PeerName => ({ type, value });

async function judged(name: AnyName, wanted: PeerName): Promise<string> {
  const options = { san: [], name: 'host.example.org', extraExtensions: [namesExtension([name])] };
  return checkPeerName(await leafOf(await rootOf(), options), wanted) ?? 'ok';
}

describe('a peer', () => {
  test.each<[AnyName, PeerName]>([
    [{ dns: 'Host.Example.org' }, peer('dns', 'host.example.ORG')],
    [{ dns: '*.example.org' }, peer('dns', 'host.example.org')],
    [{ ip: Uint8Array.of(192, 0, 2, 1) }, peer('ip', '192.0.2.1')],
    [{ ip: Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1) }, peer('ip', '::1')],
    [{ email: 'dr@Example.org' }, peer('email', 'dr@example.org')],
    [{ email: '*@example.org' }, peer('email', '*@example.org')],
  ])('is named by %j: %j', async (name, wanted) => {
    expect(await judged(name, wanted)).toBe('ok');
  });

  test.each<[AnyName, PeerName]>([
    [{ dns: 'example.org' }, peer('dns', 'host.example.org')],
    [{ dns: 'host.example.org' }, peer('dns', 'example.org')],
    [{ dns: '*.example.org' }, peer('dns', 'example.org')],
    [{ dns: '*.example.org' }, peer('dns', 'a.host.example.org')],
    [{ dns: '*.example.org' }, peer('dns', '*.example.org')],
    [{ dns: '*.org' }, peer('dns', 'example.org')],
    [{ dns: 'ho*.example.org' }, peer('dns', 'host.example.org')],
    [{ dns: 'foo_bar.example.org' }, peer('dns', 'foo_bar.example.org')],
    [{ dns: '192.0.2.1' }, peer('dns', '192.0.2.1')],
    [{ dns: '192.0.2.1' }, peer('ip', '192.0.2.1')],
    [{ dns: 'other.example.org' }, peer('dns', 'host.example.org')],
    [{ dns: 'other.example.org' }, peer('dns', '')],
    [{ ip: Uint8Array.of(192, 0, 2, 1) }, peer('ip', '192.0.2.2')],
    [{ ip: Uint8Array.of(192, 0, 2, 1) }, peer('ip', 'nonsense')],
    [{ ip: new Uint8Array(0) }, peer('ip', 'nonsense')],
    [{ email: 'dr@example.org' }, peer('email', 'DR@example.org')],
    [{ email: 'dr@example.org' }, peer('email', 'x@example.org')],
    [{ email: 'dr@example.org' }, peer('email', 'dr@a.example.org')],
    [{ email: 'example.org' }, peer('email', 'example.org')],
  ])('trust/wrong-address: is not named by %j: %j', async (name, wanted) => {
    expect(await judged(name, wanted)).toBe('trust/wrong-address');
  });
});

const zeros = (count: number): string => '00'.repeat(count);

describe('an address as people write it', () => {
  test.each([
    ['192.0.2.1', 'c0000201'],
    ['::', zeros(16)],
    ['2001:DB8::1', `20010db8${zeros(11)}01`],
    ['1::', `0001${zeros(14)}`],
    ['1:2:3:4:5:6:7::', '00010002000300040005000600070000'],
    ['1:2:3:4:5:6:7:8', '00010002000300040005000600070008'],
    ['::ffff:192.0.2.1', `${zeros(10)}ffffc0000201`],
  ])('is read: %s', (text, octets) => {
    expect(octetsOf(text)?.toString('hex')).toBe(octets);
  });

  test.each([
    '',
    '1.2.3',
    '1.2.3.4.5',
    '256.1.1.1',
    '01.2.3.4',
    '1.2.3.4::',
    '1:2:3:4:5:6:7',
    ':1',
    '1:',
    '1:::2',
    '1::2::3',
    '1:2:3:4:5:6:7:8::',
    '12345::',
    'g::',
    '::1%eth0',
    '::1.2.3',
  ])('is none: %j', (text) => {
    expect(octetsOf(text)).toBeUndefined();
  });
});
