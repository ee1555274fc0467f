import { later } from '../clock.ts';
import { ruleOf, type FailureCode } from '../failures.ts';
import type { Failure } from '../outcome.ts';
import type { Addition } from '../transmission/ledger.ts';
import type { FactBody } from '../transmission/facts.ts';
import { progressOf } from '../transmission/progress.ts';
import type { History, Plan } from '../transmission/transmission.ts';

const ended = (end: 'failed' | 'stopped', code: FailureCode): Addition => ({
  facts: [{ kind: 'ended', end, code }],
  lease: 'released',
  dueAt: 'never',
});

/** The relay took the copy: from now on its notices are awaited. */
export const accepted = (plan: Plan, attempt: number, receipt: string, now: Date): Addition => ({
  facts: [{ kind: 'accepted', attempt, receipt }],
  lease: 'released',
  dueAt: later(now, plan.processedWithinSeconds),
});

/** It is not known whether the copy left: a notice may settle it within the grace. */
export const uncertain = (plan: Plan, attempt: number, now: Date): Addition => ({
  facts: [{ kind: 'uncertain', attempt }],
  lease: 'released',
  dueAt: later(now, plan.uncertainGraceSeconds),
});

/**
 * An attempt was refused and nothing of it left. What may succeed later is tried again while the plan's patience
 * lasts; everything else ends here. After an uncertain hand-over no refusal can say that nothing was sent, so the
 * end is then `deliver/unresolved`.
 */
export function refused(history: History, attempt: number, failure: Failure, now: Date): Addition {
  const { plan, createdAt } = history.transmission;
  const perhapsSent = progressOf(
    history.facts.filter((fact) => !concerns(fact, attempt)),
  ).openIntent;
  const waits = plan.retryAfterSeconds;
  const wait = waits[Math.min(attempt, waits.length) - 1] ?? 0;
  const nextAttempt = later(now, wait);
  const patience = later(new Date(createdAt), plan.retryForSeconds);
  if (!ruleOf(failure.code).retry || nextAttempt > patience) {
    return ended('failed', perhapsSent ? 'deliver/unresolved' : failure.code);
  }
  const nextAttemptAt = nextAttempt.toISOString();
  return {
    facts: [{ kind: 'deferred', attempt, code: failure.code, nextAttemptAt }],
    lease: 'released',
    dueAt: nextAttempt,
  };
}

const concerns = (fact: FactBody, attempt: number): boolean =>
  'attempt' in fact && fact.attempt === attempt;

/**
 * The request or the address is no longer active. A transmission of which nothing can have left is stopped; one that
 * is uncertain is not sent again, and stays so until a notice or the end of its time settles it.
 */
export function revoked(history: History, now: Date): Addition {
  const { openIntent } = progressOf(history.facts);
  if (!openIntent) return ended('stopped', 'transmit-request/revoked');
  const { createdAt, plan } = history.transmission;
  const unresolvedAt = later(new Date(createdAt), plan.unresolvedAfterSeconds);
  if (now >= unresolvedAt) return ended('failed', 'deliver/unresolved');
  return { facts: [], dueAt: unresolvedAt };
}
