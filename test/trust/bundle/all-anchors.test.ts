import { beforeEach, describe, expect, test } from '@jest/globals';
import { later } from '../../../shared/clock.ts';
import type { Settings, SettingsInput } from '../../../shared/settings.ts';
import { allAnchors, anchorsOnceInAWhile } from '../../../shared/trust/bundle/all-anchors.ts';
import type { AnchorStore } from '../../../shared/trust/bundle/anchor-store.ts';
import { bundleSourcesOf } from '../../../shared/trust/bundle/bundle-source.ts';
import { refreshBundle } from '../../../shared/trust/bundle/refresh.ts';
import { memoryAnchors } from '../../support/memory/anchor-store.ts';
import { memoryFetch } from '../../support/memory/fetch.ts';
import { p7b, p7m } from './support/bundles.ts';
import { bundleWorld, certificateOf, type BundleWorld } from './support/world.ts';

const AT = 'https://bundles.example/';
const NOW = new Date('2026-03-01T12:00:00Z');

type Trusting = Pick<Settings, 'anchors' | 'bundles' | 'trust'>;

let world: BundleWorld;
let store: AnchorStore;
beforeEach(async () => {
  world = await bundleWorld();
  store = memoryAnchors();
});

const settingsOf = (
  bundles: NonNullable<SettingsInput['bundles']>,
  anchors: readonly string[] = [],
): Trusting => ({ anchors: [...anchors], bundles, trust: { domains: {} } });

/** Has the bundles of the settings fetched, as they are published. */
async function published(settings: Trusting, files: Readonly<Record<string, Uint8Array>>) {
  const web = memoryFetch();
  for (const [path, bytes] of Object.entries(files)) web.set(AT + path, bytes);
  for (const source of bundleSourcesOf(settings)) {
    await refreshBundle(source, { fetch: web.fetch, store, now: () => NOW });
  }
}

const fingerprints = async (settings: Trusting): Promise<readonly string[]> =>
  (await allAnchors(settings, store)).map(({ fingerprint }) => fingerprint);
const of = (...who: readonly ('one' | 'two')[]): readonly string[] =>
  who.map((each) => certificateOf(world[each]).fingerprint);

describe('the anchors in use', () => {
  test('are those of the settings and of every bundle, each once', async () => {
    const settings = settingsOf(
      [
        { name: 'left', url: `${AT}left` },
        { name: 'right', url: `${AT}right` },
      ],
      [world.one.certificatePem],
    );
    expect(await fingerprints(settings)).toEqual(of('one'));
    await published(settings, { left: p7b([world.one.certificate]), right: world.plain });
    expect(await fingerprints(settings)).toEqual(of('one', 'two'));
  });

  test('are none of a bundle that was never fetched, and that keeps no other from counting', async () => {
    const settings = settingsOf([
      { name: 'gone', url: `${AT}gone` },
      { name: 'there', url: `${AT}there` },
    ]);
    await published(settings, { there: p7b([world.two.certificate]) });
    expect(await fingerprints(settings)).toEqual(of('two'));
  });

  test('are none of a bundle that the settings do not name any more', async () => {
    await published(settingsOf([{ name: 'old', url: AT }]), { '': world.plain });
    expect(await fingerprints(settingsOf([{ name: 'new', url: AT }]))).toEqual([]);
  });

  test.each([
    ['comes from elsewhere now', () => ({ name: 'b', url: 'https://elsewhere.example/' })],
    [
      'has to be signed now',
      () => ({ name: 'b', url: AT, signer: world.publisher.certificatePem }),
    ],
  ])('are none of a bundle that %s, until it is fetched again', async (_, changed) => {
    await published(settingsOf([{ name: 'b', url: AT }]), { '': world.plain });
    expect(await fingerprints(settingsOf([{ name: 'b', url: AT }]))).toHaveLength(2);
    expect(await fingerprints(settingsOf([changed()]))).toEqual([]);
  });

  test('are those of a signed bundle whose signer is asked for', async () => {
    const signer = world.publisher.certificatePem;
    const settings = settingsOf([{ name: 'signed', url: AT, signer }]);
    await published(settings, { '': p7m(world.plain, world.publisher) });
    expect(await fingerprints(settings)).toEqual(of('one', 'two'));
  });

  test('are not guessed when the store cannot be asked', async () => {
    const broken = { ...store, read: () => Promise.reject(new Error('no connection')) };
    const settings = settingsOf([{ name: 'b', url: AT }], [world.one.certificatePem]);
    await expect(allAnchors(settings, broken)).rejects.toThrow('no connection');
  });

  test('cannot be had when a signer of the settings is no certificate, or two', async () => {
    const { certificatePem } = world.publisher;
    const broken = certificatePem.replace(/[A-Za-z0-9+/]{40}/, '');
    for (const signer of [broken, certificatePem + world.stranger.certificatePem]) {
      const settings = settingsOf([{ name: 'b', url: AT, signer }]);
      await expect(allAnchors(settings, store)).rejects.toThrow('bundles.0.signer');
    }
  });
});

describe('the anchors once in a while', () => {
  let now: Date;
  let reads: number;
  let fails: boolean;
  let ask: () => Promise<unknown>;
  beforeEach(() => {
    now = NOW;
    reads = 0;
    fails = false;
    const counting: AnchorStore = {
      ...store,
      read: async (name) => {
        reads += 1;
        if (fails) throw new Error('no connection');
        return store.read(name);
      },
    };
    ask = anchorsOnceInAWhile(settingsOf([{ name: 'b', url: AT }]), counting, () => now);
  });

  test('are asked of the store once in five minutes', async () => {
    await Promise.all([ask(), ask()]);
    now = later(NOW, 299);
    await ask();
    expect(reads).toBe(1);
    now = later(NOW, 300);
    await ask();
    expect(reads).toBe(2);
  });

  test('are asked for again at once after a failure, of which nothing is kept', async () => {
    fails = true;
    await expect(ask()).rejects.toThrow('no connection');
    fails = false;
    await expect(ask()).resolves.toEqual([]);
  });

  test('change with the bundle', async () => {
    expect(await ask()).toHaveLength(0);
    await published(settingsOf([{ name: 'b', url: AT }]), { '': world.plain });
    now = later(NOW, 301);
    expect(await ask()).toHaveLength(2);
  });
});
