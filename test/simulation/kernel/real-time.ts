/**
 * From now on nothing in this thread runs out of real time: on a machine that has too much to do, a deadline of some
 * seconds would pass in the middle of a life of milliseconds, and the same seed would be another life.
 */
export function stopRealTime(): void {
  AbortSignal.timeout = () => new AbortController().signal;
  globalThis.setTimeout = (() => ({})) as unknown as typeof setTimeout;
  globalThis.clearTimeout = () => undefined;
}
