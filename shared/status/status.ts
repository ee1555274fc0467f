import type { FailureCode } from '../failures.ts';
import type { Fact } from '../transmission/facts.ts';
import { progressOf } from '../transmission/progress.ts';

export type Status =
  'waiting' | 'sending' | 'sent' | 'processed' | 'uncertain' | 'delivered' | 'failed' | 'stopped';

export interface StatusAnswer {
  readonly status: Status;
  /** Present exactly when the status is `failed` or `stopped`. */
  readonly code?: FailureCode;
}

/**
 * The status of a transmission, read off its facts.
 *
 * It is derived and never stored as a choice, so repeated or reordered notices cannot corrupt it. The end that was
 * recorded first decides: a notice that comes after a missed deadline does not undo it.
 *
 * @param facts in any order, with any repeats
 */
export function statusOf(facts: readonly Fact[]): StatusAnswer {
  const { end, openIntent, uncertain, handedOverAt, processed, dispatched } = progressOf(facts);
  if (end)
    return end.end === 'delivered' ? { status: 'delivered' } : { status: end.end, code: end.code };
  if (processed ?? dispatched) return { status: 'processed' };
  if (uncertain) return { status: 'uncertain' };
  if (openIntent) return { status: 'sending' };
  return { status: handedOverAt ? 'sent' : 'waiting' };
}

/** Whether a copy may be leaving at this moment: its intent is on record, and no answer of the relay is. */
export const isLeaving = (facts: readonly Fact[]): boolean => {
  const { end, openIntent } = progressOf(facts);
  return end === undefined && openIntent !== undefined;
};
