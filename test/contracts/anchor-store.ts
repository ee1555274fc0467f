import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sha256 } from '../../shared/ids.ts';
import type {
  AnchorStore,
  BundleState,
  StoredBundle,
} from '../../shared/trust/bundle/anchor-store.ts';

export interface AnchorStoreUnderTest {
  readonly store: AnchorStore;
  readonly close: () => Promise<void>;
}

const bundleOf = (...anchors: readonly string[]): StoredBundle => ({
  anchors: anchors.map((each) => Buffer.from(each)),
  digest: sha256(anchors.join()),
  source: sha256('https://bundles.example/'),
});

const plain = (bundle: StoredBundle | undefined) =>
  bundle && { ...bundle, anchors: bundle.anchors.map((each) => Buffer.from(each).toString('hex')) };

/** What every store of anchors promises. */
export function anchorStoreContract(name: string, open: () => Promise<AnchorStoreUnderTest>): void {
  describe(`${name} is a store of anchors`, () => {
    let opened: AnchorStoreUnderTest;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.close());

    test('knows nothing of a bundle that was never read', async () => {
      expect(await opened.store.read('never')).toBeUndefined();
      expect(await opened.store.state('never')).toBeUndefined();
    });

    test.each([
      ['one anchor', bundleOf('one')],
      [
        '2000 anchors',
        bundleOf(...Array.from({ length: 2000 }, (_, each) => `${each}`.repeat(300))),
      ],
      ['bytes that are no text', { ...bundleOf(), anchors: [Buffer.from('30ff00fe80', 'hex')] }],
      ['no anchor', bundleOf()],
    ])('gives back %s as they were put', async (what, bundle) => {
      const key = what.replaceAll(' ', '-');
      await opened.store.swap(key, bundle);
      expect(plain(await opened.store.read(key))).toEqual(plain(bundle));
    });

    test('gives what was put last, and nothing of what was there before', async () => {
      await opened.store.swap('twice', bundleOf('one', 'two'));
      await opened.store.swap('twice', bundleOf('three'));
      expect(plain(await opened.store.read('twice'))).toEqual(plain(bundleOf('three')));
    });

    test('keeps bundles apart', async () => {
      await opened.store.swap('left', bundleOf('left'));
      await opened.store.swap('left-2', bundleOf('other'));
      await opened.store.note('left-2', { attemptedAt: new Date(0) });
      expect(plain(await opened.store.read('left'))).toEqual(plain(bundleOf('left')));
      expect(await opened.store.state('left')).toBeUndefined();
    });

    test.each<[string, BundleState]>([
      ['a success', { attemptedAt: new Date(5), succeededAt: new Date(5) }],
      ['a first failure', { attemptedAt: new Date(7), failure: 'trust/bundle-unreachable' }],
      [
        'a failure after a success',
        { attemptedAt: new Date(9), succeededAt: new Date(5), failure: 'trust/bundle-malformed' },
      ],
    ])('notes %s, which leaves the anchors alone', async (_, state) => {
      await opened.store.swap('noted', bundleOf('stays'));
      await opened.store.note('noted', { attemptedAt: new Date(1), failure: 'trust/bundle-weak' });
      await opened.store.note('noted', state);
      expect(await opened.store.state('noted')).toEqual(state);
      expect(plain(await opened.store.read('noted'))).toEqual(plain(bundleOf('stays')));
    });
  });
}
