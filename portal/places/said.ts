import type { Leaving } from '../api/views.ts';
import { filled, type Words } from '../words/words.ts';

/** What was done, to be told once: a line each. */
export type Said = readonly string[];

/** What was done, and what may be leaving nevertheless. */
export const saidOf = (
  done: string,
  inFlight: readonly Leaving[],
  words: Words['places'],
): Said => [
  ...new Set([done, ...inFlight.map(({ address }) => filled(words.onWay, { to: address }))]),
];
