import type { Words } from '../words/words.ts';

/** Who can do something about a copy that did not arrive, and with that what. */
export type Advice = keyof Words['copies']['advice'];

/** The first that fits counts; all else is for the data holder's staff. */
const BY_CODE: readonly (readonly [RegExp, Advice])[] = [
  [/^(transmit-request\/(revoked|paused|expired)|consent)/, 'again'],
  [/bad-address|no-certificate|wrong-address|bad-mailbox|bounced|probe|-failed$/, 'address'],
  [/anchor|policy|unsupported|bundle/, 'ours'],
  [/^(discover|trust|notification)|mailbox-full/, 'theirs'],
];

/** @param code why the copy failed or was stopped */
export const adviceOn = (code: string): Advice =>
  BY_CODE.find(([pattern]) => pattern.test(code))?.[1] ?? 'ours';
