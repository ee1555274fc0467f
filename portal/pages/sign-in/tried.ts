import type { PageWords } from '../../words/words.ts';

/** Why nobody is signed in; the sentence stands among the words. */
export type Trouble = keyof PageWords['trouble'];

export type Tried<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly trouble: Trouble };

export const done = <Value>(value: Value): Tried<Value> => ({ ok: true, value });
export const failed = (trouble: Trouble): Tried<never> => ({ ok: false, trouble });
