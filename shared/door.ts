import type { Now } from './clock.ts';
import type { Sha256 } from './ids.ts';
import type { ApiSettings } from './settings-api.ts';

/** A week: longer than anybody goes on repeating a call whose answer was lost. */
export const KEY_KEPT_SECONDS = 7 * 86_400;

/** Longer than a function of the API may run, and its clock may differ from another's. */
export const KEY_LEASE_SECONDS = 25;

/** A call under an Idempotency-Key. */
export interface KeyedUse {
  /** Stands for the caller, the route and the key. */
  readonly key: Sha256;
  /** Stands for what is asked. */
  readonly fingerprint: Sha256;
}

/** A use of a key that is going on; it ends by itself soon after the function that makes it must have stopped. */
export interface KeyLease extends KeyedUse {
  readonly owner: string;
}

/** What is known of a key when a call comes with it. */
export type KeyFinding =
  /** It is new, or the call that had it died: this one may go on. */
  | { readonly kind: 'taken'; readonly lease: KeyLease }
  /** The same was asked, and was carried out. */
  | { readonly kind: 'repeated' }
  | { readonly kind: 'in-progress'; readonly forSeconds: number }
  /** Something else was asked under it. */
  | { readonly kind: 'reused' }
  /** Nobody can tell now. */
  | { readonly kind: 'unknown' };

/**
 * Remembers for a week under which keys callers called. No answer is kept: what a call does is found again by an id that
 * is computed from its key, and so can be shown again.
 */
export interface CallKeys {
  take(use: KeyedUse): Promise<KeyFinding>;
  /** What was asked is carried out. */
  keep(lease: KeyLease): Promise<void>;
  /** Nothing came of it: the key is as good as new, for whatever is asked. */
  release(lease: KeyLease): Promise<void>;
}

/** Counts what each caller asks in a minute. */
export interface CallCounter {
  /**
   * Counts one more, unless there were `most` already.
   *
   * @param caller stands for the caller
   * @param what which calls are counted together
   * @param minute since 1970
   * @returns how many there were with this one; `unknown` when nobody can tell
   */
  count(caller: Sha256, what: string, minute: number, most: number): Promise<Counted>;
}

export type Counted = number | 'too-many' | 'unknown';

/** What stands before every route that is not open to anybody. */
export interface Door {
  readonly keys: CallKeys;
  readonly counter: CallCounter;
  readonly limits: ApiSettings;
  readonly now: Now;
}
