import { later } from '../clock.ts';
import { done, fail, type Outcome } from '../outcome.ts';
import type { Addition } from '../transmission/ledger.ts';
import { progressOf } from '../transmission/progress.ts';
import type { History } from '../transmission/transmission.ts';
import { stillToSend } from './claim.ts';

/** What an operator found out about a copy of which nobody knows whether it left. */
export type Word = 'sent' | 'not-sent';

/**
 * Takes an operator's word for what became of an uncertain copy. When it left, its deadlines run from now; when it did
 * not, it is due now, all its attempts count as not made, and it leaves only if request and address are active still.
 * Said twice it counts once.
 *
 * @failure deliver/not-uncertain
 */
export function resolved(history: History, as: Word, now: Date): Outcome<Addition> {
  const { end, uncertain, begun } = progressOf(history.facts);
  if (end || !uncertain) {
    return wasSaid(history, as) ? done({ facts: [] }) : fail('deliver/not-uncertain');
  }
  // What is said of the copy is said of each attempt at it.
  const facts = begun.map((attempt) => ({ kind: 'resolved', attempt, as }) as const);
  const { processedWithinSeconds } = history.transmission.plan;
  return done({ facts, dueAt: as === 'sent' ? later(now, processedWithinSeconds) : now });
}

const wasSaid = ({ facts }: History, as: Word): boolean =>
  facts.findLast((fact) => fact.kind === 'resolved')?.as === as;

/**
 * Makes a copy that waits due now, for an operator who knows that what it waits for is over. Said twice it counts once.
 *
 * @failure transmission/ended, /handed-over: it does not wait for an attempt
 * @failure transmission/leased: one is being made
 */
export function hastened(history: History, now: Date): Outcome<Addition> {
  const toSend = stillToSend(history);
  if (!toSend.ok) return toSend;
  const { openIntent, lastDeferred } = toSend.value;
  if (history.lease && new Date(history.lease.until) > now) return fail('transmission/leased');
  if (openIntent) return fail('transmission/handed-over');
  const isWaiting = lastDeferred && new Date(lastDeferred.nextAttemptAt) > now;
  const facts = isWaiting ? [{ kind: 'hastened', attempt: lastDeferred.attempt } as const] : [];
  return done({ facts, dueAt: now });
}
