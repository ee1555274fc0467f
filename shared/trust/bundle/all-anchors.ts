import { later, type Now } from '../../clock.ts';
import type { Sha256 } from '../../ids.ts';
import type { Settings } from '../../settings.ts';
import { anchorsOf } from '../anchors.ts';
import { readableOf, type Certificate } from '../certificate.ts';
import type { AnchorStore } from './anchor-store.ts';
import { bundleSourcesOf, type BundleSource } from './bundle-source.ts';

type AnchorSettings = Pick<Settings, 'anchors' | 'bundles' | 'trust'>;

/**
 * The anchors of the settings and of all bundles, each once. A bundle that was never read as the settings now want it adds
 * none.
 *
 * @throws whatever the store throws: with fewer anchors than there are, recipients would be refused for good
 */
export async function allAnchors(
  settings: AnchorSettings,
  store: AnchorStore,
): Promise<readonly Certificate[]> {
  const bundled = await Promise.all(
    bundleSourcesOf(settings).map((source) => anchorsFrom(source, store)),
  );
  const each = [...anchorsOf(settings), ...bundled.flat()].map((anchor): [Sha256, Certificate] => [
    anchor.fingerprint,
    anchor,
  ]);
  return [...new Map(each).values()];
}

async function anchorsFrom(
  { name, id }: BundleSource,
  store: AnchorStore,
): Promise<readonly Certificate[]> {
  const stored = await store.read(name);
  if (stored?.source !== id) return [];
  return readableOf(stored.anchors);
}

/** Bundles change once a day; a removed anchor is out of use this long after its removal. */
const KEPT_SECONDS = 300;

/** The same, asked of the store every few minutes only. */
export function anchorsOnceInAWhile(
  settings: AnchorSettings,
  store: AnchorStore,
  now: Now,
): () => Promise<readonly Certificate[]> {
  let kept: { readonly anchors: Promise<readonly Certificate[]>; readonly until: Date } | undefined;
  return () => {
    if (kept && now() < kept.until) return kept.anchors;
    const anchors = allAnchors(settings, store);
    const fresh = { anchors, until: later(now(), KEPT_SECONDS) };
    kept = fresh;
    anchors.catch(() => {
      if (kept === fresh) kept = undefined;
    });
    return anchors;
  };
}
