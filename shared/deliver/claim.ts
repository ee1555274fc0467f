import { later } from '../clock.ts';
import { done, fail, type Outcome } from '../outcome.ts';
import type { Addition } from '../transmission/ledger.ts';
import { progressOf } from '../transmission/progress.ts';
import type { History } from '../transmission/transmission.ts';

/**
 * Takes a transmission in hand, if there is something to do for it now and nobody else has it.
 *
 * An uncertain hand-over may be claimed again when its grace is over and its plan says `resend`.
 *
 * @failure transmission/ended, transmission/leased, transmission/handed-over, transmission/not-due
 */
export function claim(history: History, owner: string, now: Date): Outcome<Addition> {
  const { plan } = history.transmission;
  const { end, openIntent, uncertain, handedOverAt, lastDeferred, attempts } = progressOf(
    history.facts,
  );
  if (end) return fail('transmission/ended');
  if (history.lease && new Date(history.lease.until) > now) return fail('transmission/leased');
  if (handedOverAt) return fail('transmission/handed-over');
  if (openIntent && !(uncertain && plan.uncertain === 'resend')) {
    return fail('transmission/handed-over');
  }
  const notBefore = uncertain
    ? later(new Date(uncertain.at), plan.uncertainGraceSeconds)
    : new Date(0);
  const nextAttempt = new Date(lastDeferred?.nextAttemptAt ?? 0);
  if (now < notBefore || now < nextAttempt) return fail('transmission/not-due');

  const until = later(now, plan.leaseSeconds);
  const attempt = Math.max(attempts, history.lease?.attempt ?? 0) + 1;
  return done({
    facts: [],
    lease: { owner, attempt, until: until.toISOString() },
    dueAt: until,
    whileActive: true,
  });
}

/** @failure transmission/lease-lost */
export function holdsLease(history: History, owner: string, attempt: number): Outcome<void> {
  const { lease } = history;
  return lease?.owner === owner && lease.attempt === attempt
    ? done(undefined)
    : fail('transmission/lease-lost');
}
