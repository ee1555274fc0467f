import { later } from '../clock.ts';
import { done, fail, type Outcome } from '../outcome.ts';
import type { FactBody } from '../transmission/facts.ts';
import type { Addition } from '../transmission/ledger.ts';
import { progressOf, type Progress } from '../transmission/progress.ts';
import { awaitsProbe } from '../transmission/probe.ts';
import type { History, Plan } from '../transmission/transmission.ts';

/**
 * Takes a transmission in hand, if there is something to do for it now and nobody else has it.
 *
 * An uncertain hand-over may be claimed again when its grace is over and its plan says `resend`.
 *
 * @failure transmission/ended, transmission/leased, transmission/handed-over, transmission/not-due, deliver/awaits-probe
 */
export function claim(history: History, owner: string, now: Date): Outcome<Addition> {
  const { plan } = history.transmission;
  const toSend = stillToSend(history);
  if (!toSend.ok) return toSend;
  if (awaitsProbe(history)) return fail('deliver/awaits-probe');
  const { openIntent, uncertain, lastDeferred, attempts } = toSend.value;
  if (history.lease && new Date(history.lease.until) > now) return fail('transmission/leased');
  if (openIntent && !(uncertain && mayRepeat(plan, toSend.value))) {
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
    facts: continuing(toSend.value),
    lease: { owner, attempt, until: until.toISOString() },
    dueAt: until,
    whileActive: true,
  });
}

/** What is added by whoever finds that sending goes on, of a copy that waited for that. */
export const continuing = ({ halted }: Pick<Progress, 'halted'>): readonly FactBody[] =>
  halted ? [{ kind: 'continued', stop: halted.stop }] : [];

/** Beside the first one: a relay that takes every copy and loses every answer must not fill a mailbox. */
const MOST_REPEATS = 2;

/** Whether an uncertain copy may be sent again; else it is held for a notice, or for an operator. */
export const mayRepeat = (plan: Plan, { begun }: Progress): boolean =>
  plan.uncertain === 'resend' && begun.length <= MOST_REPEATS;

/**
 * Whether a copy is still to be sent, by all that is on record at this moment: a notice may have come since anybody
 * looked last.
 *
 * @failure transmission/ended, transmission/handed-over
 */
export function stillToSend({ facts }: History): Outcome<Progress> {
  const progress = progressOf(facts);
  if (progress.end) return fail('transmission/ended');
  return progress.handedOverAt ? fail('transmission/handed-over') : done(progress);
}

/** @failure transmission/lease-lost */
export function holdsLease(history: History, owner: string, attempt: number): Outcome<void> {
  const { lease } = history;
  return lease?.owner === owner && lease.attempt === attempt
    ? done(undefined)
    : fail('transmission/lease-lost');
}
