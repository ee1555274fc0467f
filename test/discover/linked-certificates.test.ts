import { beforeAll, describe, expect, test } from '@jest/globals';
import type { CertRecord } from '../../shared/discover/directory.ts';
import { discover } from '../../shared/discover/discover.ts';
import type { FetchFault } from '../../shared/discover/fetch.ts';
import { done, fail } from '../../shared/outcome.ts';
import { pemOf } from '../support/pki.ts';
import {
  ADDRESS,
  AT_ADDRESS,
  AT_DOMAIN,
  certificateFor,
  discoveryWorld,
  JUNK,
  link,
  pkix,
} from './world.ts';

const URL = 'http://certificates.example.org:10080/dr.cer';

let own: Uint8Array;
let other: Uint8Array;
let ofDomain: Uint8Array;
beforeAll(async () => {
  own = await certificateFor({ address: ADDRESS });
  other = await certificateFor({ address: ADDRESS, serial: Uint8Array.of(7) });
  ofDomain = await certificateFor({ domain: AT_DOMAIN });
});

function worldWith(...records: readonly CertRecord[]) {
  const world = discoveryWorld();
  world.directory.set(AT_ADDRESS, records);
  world.directory.set(AT_DOMAIN, [pkix(ofDomain)]);
  return world;
}

const found = (...certificates: Uint8Array[]) => done({ stage: 'dns-address', certificates });

describe('a record that says where the certificate lies', () => {
  test.each([
    ['IPKIX', 4, URL],
    ['URI', 253, URL],
    ['URI with the NUL that ends it', 253, `${URL}\0`],
  ] as const)('is followed: %s', async (_, type, text) => {
    const world = worldWith(link(type, text));
    world.fetching.set(URL, own);
    const { outcome, looks } = await world.lookUp();
    expect(outcome).toEqual(found(own));
    expect(looks).toEqual([
      { stage: 'dns-address', name: AT_ADDRESS, found: 1, tookMs: 5 },
      { stage: 'fetch', name: URL, found: 1, tookMs: 5 },
    ]);
    expect(world.fetching.asked).toMatchObject([{ url: URL, maxBytes: 65_536 }]);
    expect(world.fetching.asked[0]).not.toHaveProperty('maxRedirects');
  });

  test('may lead to PEM, of one certificate or several', async () => {
    const world = worldWith(link(4, URL));
    world.fetching.set(URL, Buffer.from(`a comment\n${pemOf(own)}${pemOf(other)}`));
    expect((await world.lookUp()).outcome).toEqual(found(own, other));
  });

  test('stands in its place among the others, and each certificate once', async () => {
    const world = worldWith(pkix(other), link(4, URL), link(253, URL), pkix(JUNK), pkix(own));
    world.fetching.set(URL, own);
    expect((await world.lookUp()).outcome).toEqual(found(other, own, JUNK));
    expect(world.fetching.asked).toHaveLength(1);
  });

  test('is one of at most five that are followed', async () => {
    const urls = Array.from({ length: 8 }, (_, index) => `${URL}?${index}`);
    const world = worldWith(...urls.map((url) => link(4, url)));
    world.fetching.set(urls[4]!, own);
    expect((await world.lookUp()).outcome).toEqual(found(own));
    expect(world.fetching.asked.map(({ url }) => url)).toEqual(urls.slice(0, 5));
  });

  test('of a private format is passed over, as every other foreign type', async () => {
    const world = worldWith(link(253, 'http://format.example.org/\0the certificate'));
    expect((await world.lookUp()).outcome).toMatchObject({ value: { stage: 'dns-domain' } });
    expect(world.fetching.asked).toEqual([]);
  });

  test('is passed over where nothing is fetched', async () => {
    const { directory, now } = worldWith(link(4, URL));
    const { outcome } = await discover(ADDRESS, { directory, now });
    expect(outcome).toEqual(done({ stage: 'dns-domain', certificates: [ofDomain] }));
  });

  test('discover/bad-certificate: it leads to something else', async () => {
    const world = worldWith(link(4, URL));
    world.fetching.set(URL, Buffer.from('<html>'));
    const { outcome, looks } = await world.lookUp();
    expect(outcome).toEqual(fail('discover/bad-certificate'));
    expect(looks[1]).toMatchObject({ found: 1, code: 'discover/bad-certificate' });
  });
});

describe('a record whose certificate cannot be fetched', () => {
  test.each<[FetchFault, string]>([
    ['unreachable', 'discover/url-unreachable'],
    ['too-slow', 'discover/url-unreachable'],
    ['too-large', 'discover/url-unreachable'],
    ['refused', 'discover/url-unreachable'],
    ['blocked', 'discover/blocked-url'],
  ])('ends the search when it is all there is: %s, %s', async (fault, code) => {
    const world = worldWith(link(4, URL));
    world.fetching.break(URL, fault);
    const { outcome, looks } = await world.lookUp();
    expect(outcome).toMatchObject(fail(code as 'discover/blocked-url'));
    expect(looks).toHaveLength(2);
    expect(looks[1]).toMatchObject({ stage: 'fetch', name: URL, code });
  });

  test.each([
    ['no text', 'http://é.example.org/'],
    ['nothing', ''],
    ['a novel', `http://example.org/${'a'.repeat(2048)}`],
    ['two lines', 'http://example.org/\r\nHost: inner'],
    ['a file', 'file:///etc/passwd'],
  ])('discover/blocked-url: its URL is none: %s', async (_, text) => {
    const world = worldWith(link(4, text));
    expect((await world.lookUp()).outcome).toEqual(fail('discover/blocked-url'));
  });

  test('discover/url-unreachable: one may come later, though another never will', async () => {
    const world = worldWith(link(4, 'file:///x'), link(4, URL), pkix(JUNK));
    world.fetching.break(URL, 'unreachable');
    expect((await world.lookUp()).outcome).toEqual(fail('discover/url-unreachable'));
  });

  test('does not matter beside one that is there', async () => {
    const world = worldWith(link(4, URL), link(4, 'file:///x'), pkix(own));
    world.fetching.break(URL, 'unreachable');
    expect((await world.lookUp()).outcome).toEqual(found(own));
  });
});
