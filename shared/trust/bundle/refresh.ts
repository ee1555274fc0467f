import type { Now } from '../../clock.ts';
import type { Fetch } from '../../discover/fetch.ts';
import type { FailureCode } from '../../failures.ts';
import { sha256, type Sha256 } from '../../ids.ts';
import { done, fail, type Outcome } from '../../outcome.ts';
import { checkValidityPeriod } from '../checks/validity-period.ts';
import type { AnchorStore } from './anchor-store.ts';
import type { BundleSource } from './bundle-source.ts';
import { MAX_BUNDLE_BYTES, readBundle } from './read-bundle.ts';

export interface RefreshPorts {
  readonly fetch: Fetch;
  readonly store: AnchorStore;
  readonly now: Now;
}

/** How the refreshing of one bundle went. */
export interface Refreshed {
  /** Why it failed; then what was there before stays in use. */
  readonly failure?: FailureCode;
  /** Whether anchors were exchanged. */
  readonly changed: boolean;
  /** Anchors of this bundle in use from now on. */
  readonly anchors: number;
  /** Since it was last fetched and found good; absent when it never was. */
  readonly ageSeconds?: number;
}

const ACCEPT = 'application/octet-stream,application/x-pkcs7-certificates,application/pkcs7-mime';
const MAX_REDIRECTS = 3;
const DEADLINE_SECONDS = 15;

/**
 * Fetches a bundle and puts its anchors in place of those that were read before, all at once. Whatever fails, those stay;
 * how old they are, and what failed, is noted.
 *
 * @throws whatever the store throws
 */
export async function refreshBundle(source: BundleSource, ports: RefreshPorts): Promise<Refreshed> {
  const { store, now } = ports;
  const known = await store.read(source.name);
  // What was read from elsewhere, or under other demands, is not in use: it counts as nothing.
  const kept = known?.source === source.id ? known : undefined;
  const before = kept && (await store.state(source.name))?.succeededAt;
  const attemptedAt = now();

  const fetched = await fetchBundle(source, ports.fetch);
  const swapped = fetched.ok
    ? await swapIfChanged(source, fetched.value, kept?.digest, ports)
    : fetched;
  if (!swapped.ok) {
    const failure = swapped.failure.code;
    await store.note(source.name, {
      attemptedAt,
      failure,
      ...(before && { succeededAt: before }),
    });
    const age = before && { ageSeconds: secondsBetween(before, now()) };
    return { failure, changed: false, anchors: kept?.anchors.length ?? 0, ...age };
  }
  await store.note(source.name, { attemptedAt, succeededAt: attemptedAt });
  const anchors = swapped.value ?? kept?.anchors.length ?? 0;
  return { changed: swapped.value !== undefined, anchors, ageSeconds: 0 };
}

/**
 * Fetches a bundle as it is published.
 *
 * @failure trust/bundle-unreachable
 * @failure trust/bundle-malformed (too large to be one)
 */
export async function fetchBundle(
  { url }: Pick<BundleSource, 'url'>,
  fetch: Fetch,
): Promise<Outcome<Uint8Array>> {
  const fetched = await fetch({
    url,
    accept: ACCEPT,
    maxBytes: MAX_BUNDLE_BYTES,
    maxRedirects: MAX_REDIRECTS,
    within: AbortSignal.timeout(DEADLINE_SECONDS * 1000),
  });
  if (fetched.kind === 'fetched') return done(fetched.bytes);
  return fetched.fault === 'too-large'
    ? fail('trust/bundle-malformed')
    : fail('trust/bundle-unreachable', fetched.fault);
}

/** @returns how many anchors are there now, or undefined when the same bytes were read before */
async function swapIfChanged(
  source: BundleSource,
  bytes: Uint8Array,
  known: Sha256 | undefined,
  { store, now }: RefreshPorts,
): Promise<Outcome<number | undefined>> {
  // A signer whose time is over is said also as long as the same bytes come.
  if (source.signer && checkValidityPeriod(source.signer, now())) {
    return fail('trust/bundle-signer-expired');
  }
  const digest = sha256(bytes);
  if (digest === known) return done(undefined);
  const bundle = readBundle(bytes, { ...source, now: now() });
  if (!bundle.ok) return bundle;
  const anchors = bundle.value.anchors.map(({ der }) => der);
  await store.swap(source.name, { anchors, digest, source: source.id });
  return done(anchors.length);
}

const secondsBetween = (from: Date, to: Date): number =>
  Math.round((to.getTime() - from.getTime()) / 1000);
