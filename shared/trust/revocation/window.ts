import type { Doubt } from './status.ts';

export interface Window {
  readonly thisUpdate: Date;
  readonly nextUpdate?: Date;
}

/** Lists and answers are made when they are asked for, by clocks that differ from ours. */
const AHEAD_MS = 5 * 60_000;
const DAY_MS = 86_400_000;

/**
 * Whether something that its signer renews is current, the second of its end included. It may come from a clock that is
 * up to five minutes ahead; no such grace is given at its end.
 *
 * @param ageMs for how long it is believed when it does not say when it is renewed
 */
function doubtOfWindow(
  { thisUpdate, nextUpdate }: Window,
  now: Date,
  ageMs: number,
): Doubt | undefined {
  const nowMs = Math.floor(now.getTime() / 1000) * 1000;
  const endMs = nextUpdate?.getTime() ?? thisUpdate.getTime() + ageMs;
  // A time that is none compares false to everything: only a yes counts.
  if (!(thisUpdate.getTime() <= nowMs + AHEAD_MS)) return 'premature';
  return nowMs <= endMs ? undefined : 'stale';
}

/** A list that does not say when the next one comes is no current one. @see RFC 5280 section 5.1.2.5 */
export const doubtOfCrlWindow = (window: Window, now: Date): Doubt | undefined =>
  window.nextUpdate ? doubtOfWindow(window, now, 0) : 'stale';

/** An answer that does not say when there is a newer one is believed for a day. @see RFC 6960 section 4.2.2.1 */
export const doubtOfOcspWindow = (window: Window, now: Date): Doubt | undefined =>
  doubtOfWindow(window, now, DAY_MS);
