import { later } from '../clock.ts';
import { done, fail, type Outcome } from '../outcome.ts';
import type { Addition } from '../transmission/ledger.ts';
import { progressOf } from '../transmission/progress.ts';
import type { History } from '../transmission/transmission.ts';
import { stillToSend } from './claim.ts';

/** What an operator found out about a copy of which nobody knows whether it left. */
export type Word = 'sent' | 'not-sent';

/** The same, and the last attempt that he has looked at: of one that was made since he knows nothing. */
export interface Finding {
  readonly as: Word;
  readonly attempt: number;
}

/**
 * Takes an operator's word for what became of an uncertain copy. When it left, its deadlines run from now; when it did
 * not, it is due now, all its attempts count as not made, and it leaves only if request and address are active still.
 * Said twice of an attempt it counts once, however much later: the call that says it may be repeated when its answer is lost.
 *
 * @failure deliver/not-uncertain
 * @failure deliver/attempted-since another attempt was begun, or the one that is meant did not leave
 */
export function resolved(
  history: History,
  { as, attempt: last }: Finding,
  now: Date,
): Outcome<Addition> {
  if (wasSaid(history, as, last)) return done({ facts: [] });
  const { end, uncertain, begun } = progressOf(history.facts);
  if (end || !uncertain) return fail('deliver/not-uncertain');
  if (uncertain.attempt !== last) return fail('deliver/attempted-since');
  // What is said of the copy is said of each attempt at it.
  const facts = begun.map((attempt) => ({ kind: 'resolved', attempt, as }) as const);
  const { processedWithinSeconds } = history.transmission.plan;
  return done({ facts, dueAt: as === 'sent' ? later(now, processedWithinSeconds) : now });
}

const wasSaid = ({ facts }: History, as: Word, attempt: number): boolean =>
  facts.some((fact) => fact.kind === 'resolved' && fact.attempt === attempt && fact.as === as);

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
