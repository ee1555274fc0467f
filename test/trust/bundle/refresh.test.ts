import { beforeEach, describe, expect, test } from '@jest/globals';
import { later } from '../../../shared/clock.ts';
import type { FetchFault } from '../../../shared/discover/fetch.ts';
import type { AnchorStore } from '../../../shared/trust/bundle/anchor-store.ts';
import { bundleSourcesOf, type BundleSource } from '../../../shared/trust/bundle/bundle-source.ts';
import { refreshBundle } from '../../../shared/trust/bundle/refresh.ts';
import { memoryAnchors } from '../../support/memory/anchor-store.ts';
import { memoryFetch, type MemoryFetch } from '../../support/memory/fetch.ts';
import { loosened, p7b, p7m } from './support/bundles.ts';
import { bundleWorld, publisherBy, type BundleWorld } from './support/world.ts';

const URL = 'https://bundles.example/community.p7b';
const DAY = 86_400;

let world: BundleWorld;
let web: MemoryFetch;
let store: AnchorStore;
let now: Date;
beforeEach(async () => {
  world = await bundleWorld();
  web = memoryFetch();
  store = memoryAnchors();
  now = new Date('2026-03-01T12:00:00Z');
});

function sourceOf(signer?: string, url = URL, trust = {}): BundleSource {
  const bundle = { name: 'community', url, ...(signer === undefined ? {} : { signer }) };
  return bundleSourcesOf({ bundles: [bundle], trust: { domains: {}, ...trust } })[0]!;
}

const refresh = (source = sourceOf()) =>
  refreshBundle(source, { fetch: web.fetch, store, now: () => now });
const aDayLater = (): void => void (now = later(now, DAY));
const anchors = async () =>
  (await store.read('community'))?.anchors.map((each) => Buffer.from(each));
const derOf = (...of: readonly ('one' | 'two')[]) =>
  of.map((each) => Buffer.from(world[each].certificate));

describe('a bundle', () => {
  test('is fetched, read and kept', async () => {
    web.set(URL, world.plain);
    expect(await refresh()).toEqual({ changed: true, anchors: 2, ageSeconds: 0 });
    expect(await anchors()).toEqual(derOf('one', 'two'));
    expect(await store.state('community')).toEqual({ attemptedAt: now, succeededAt: now });
  });

  test('is asked for politely and within bounds', async () => {
    web.set(URL, world.plain);
    await refresh();
    expect(web.asked).toEqual([
      {
        url: URL,
        accept: 'application/octet-stream,application/x-pkcs7-certificates,application/pkcs7-mime',
        maxBytes: 5_000_000,
        maxRedirects: 3,
        within: expect.any(AbortSignal),
      },
    ]);
  });

  test('of which an anchor was taken out loses it', async () => {
    web.set(URL, world.plain);
    await refresh();
    aDayLater();
    web.set(URL, p7b([world.two.certificate]));
    expect(await refresh()).toEqual({ changed: true, anchors: 1, ageSeconds: 0 });
    expect(await anchors()).toEqual(derOf('two'));
  });

  test('that is the same as yesterday is not read again, and is as good as new', async () => {
    web.set(URL, world.plain);
    await refresh();
    aDayLater();
    const swaps: string[] = [];
    store = { ...store, swap: async (name) => void swaps.push(name) };
    expect(await refresh()).toEqual({ changed: false, anchors: 2, ageSeconds: 0 });
    expect(swaps).toEqual([]);
    expect(await store.state('community')).toEqual({ attemptedAt: now, succeededAt: now });
  });

  test('that says the same in other bytes is read again', async () => {
    web.set(URL, world.plain);
    await refresh();
    web.set(URL, loosened(world.plain));
    expect(await refresh()).toMatchObject({ changed: true, anchors: 2 });
  });
});

describe('when a refresh fails', () => {
  const bad: readonly (readonly [string, string, () => void])[] = [
    ...(['unreachable', 'too-slow', 'refused', 'blocked'] as const).map(
      (fault: FetchFault) =>
        [fault, 'trust/bundle-unreachable', () => web.break(URL, fault)] as const,
    ),
    ['too large', 'trust/bundle-malformed', () => web.break(URL, 'too-large')],
    ['nothing', 'trust/bundle-malformed', () => web.set(URL, new Uint8Array())],
    ['an empty list', 'trust/bundle-malformed', () => web.set(URL, p7b([]))],
    ['a page', 'trust/bundle-malformed', () => web.set(URL, Buffer.from('<html>'))],
  ];

  test.each(bad)('what was there stays: %s', async (_, failure, spoil) => {
    web.set(URL, world.plain);
    await refresh();
    const succeededAt = now;
    aDayLater();
    spoil();
    expect(await refresh()).toEqual({ failure, changed: false, anchors: 2, ageSeconds: DAY });
    expect(await anchors()).toEqual(derOf('one', 'two'));
    expect(await store.state('community')).toEqual({ attemptedAt: now, succeededAt, failure });
  });

  test('and again the next day, its age grows', async () => {
    web.set(URL, world.plain);
    await refresh();
    web.break(URL, 'unreachable');
    aDayLater();
    await refresh();
    aDayLater();
    expect(await refresh()).toMatchObject({ anchors: 2, ageSeconds: 2 * DAY });
    web.set(URL, world.plain);
    expect(await refresh()).toEqual({ changed: false, anchors: 2, ageSeconds: 0 });
    expect(await store.state('community')).toEqual({ attemptedAt: now, succeededAt: now });
  });

  test('the first time, there is nothing, and no age', async () => {
    web.break(URL, 'unreachable');
    const failure = 'trust/bundle-unreachable';
    expect(await refresh()).toEqual({ failure, changed: false, anchors: 0 });
    expect(await anchors()).toBeUndefined();
    expect(await store.state('community')).toEqual({ attemptedAt: now, failure });
  });
});

describe('a bundle that has to be signed', () => {
  test('is kept when it is, and stays when somebody puts an unsigned one in its place', async () => {
    const source = sourceOf(world.publisher.certificatePem);
    web.set(URL, p7m(p7b([world.one.certificate]), world.publisher));
    expect(await refresh(source)).toMatchObject({ changed: true, anchors: 1 });
    for (const [bytes, failure] of [
      [world.plain, 'trust/bundle-unsigned'],
      [p7m(world.plain, world.stranger), 'trust/bundle-wrong-signer'],
    ] as const) {
      web.set(URL, bytes);
      expect(await refresh(source)).toMatchObject({ failure, changed: false });
      expect(await anchors()).toEqual(derOf('one'));
    }
  });

  test('is refused with the same bytes that were taken before a signer was asked for', async () => {
    web.set(URL, world.plain);
    await refresh();
    const source = sourceOf(world.publisher.certificatePem);
    expect(await refresh(source)).toEqual({
      failure: 'trust/bundle-unsigned',
      changed: false,
      anchors: 0,
    });
  });

  test('is read again when the rules for it get stricter, though its bytes are the same', async () => {
    const { certificatePem } = world.publisher;
    web.set(URL, p7m(world.plain, world.publisher, { hash: 'sha1' }));
    expect(await refresh(sourceOf(certificatePem, URL, { allowSha1: true }))).toMatchObject({
      anchors: 2,
    });
    const failure = 'trust/bundle-weak';
    expect(await refresh(sourceOf(certificatePem))).toMatchObject({ failure, anchors: 0 });
  });

  test('tells when the time of its signer is over, though its bytes are the same', async () => {
    const signer = await publisherBy({ notAfter: later(now, DAY / 2) });
    const source = sourceOf(signer.certificatePem);
    web.set(URL, p7m(world.plain, signer));
    expect(await refresh(source)).toMatchObject({ changed: true, anchors: 2 });
    aDayLater();
    expect(await refresh(source)).toMatchObject({
      failure: 'trust/bundle-signer-expired',
      anchors: 2,
    });
  });
});
