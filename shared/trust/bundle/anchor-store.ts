import type { FailureCode } from '../../failures.ts';
import type { Sha256 } from '../../ids.ts';

/** The anchors of one bundle as they were last read. */
export interface StoredBundle {
  /** DER. */
  readonly anchors: readonly Uint8Array[];
  /** Of the bytes as they were fetched. */
  readonly digest: Sha256;
  /** From where and under which demands they were read; see `sourceOf`. */
  readonly source: Sha256;
}

/** How it stands with refreshing one bundle. */
export interface BundleState {
  readonly attemptedAt: Date;
  /** When it was last fetched and found good, changed or not; absent when it never was. */
  readonly succeededAt?: Date;
  /** Why the last attempt failed. */
  readonly failure?: FailureCode;
}

/**
 * Keeps the anchors of bundles, and how their refreshing stands, by the names that settings give them. The two are kept
 * apart, so that noting a failure cannot touch the anchors.
 */
export interface AnchorStore {
  read(name: string): Promise<StoredBundle | undefined>;
  /** Puts all of it in place of what was there: who reads at the same time has the one or the other, whole. */
  swap(name: string, bundle: StoredBundle): Promise<void>;
  state(name: string): Promise<BundleState | undefined>;
  note(name: string, state: BundleState): Promise<void>;
}
