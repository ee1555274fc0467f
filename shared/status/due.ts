import { later } from '../clock.ts';
import type { FailureCode } from '../failures.ts';
import { mayRepeat } from '../deliver/claim.ts';
import { ended, uncertain, unresolvedAfter } from '../deliver/settle.ts';
import { deadlineOf } from '../notification/deadlines.ts';
import type { Addition } from '../transmission/ledger.ts';
import { progressOf, type Progress } from '../transmission/progress.ts';
import type { History, Transmission } from '../transmission/transmission.ts';

export interface DueDecision {
  readonly addition: Addition;
  /** The sender shall look at it now. */
  readonly ring: boolean;
}

/**
 * What is to be done about a transmission whose time has come.
 *
 * Every transmission that has not ended has a next time: so whatever was lost on the way, a doorbell, a worker or an
 * answer, the transmission is looked at again and ends.
 *
 * @param doorbellLostAfterSeconds when to ring again if nobody has answered by then
 */
export function dueDecision(
  history: History,
  now: Date,
  doorbellLostAfterSeconds: number,
): DueDecision {
  const { transmission, lease } = history;
  const progress = progressOf(history.facts);
  const leaseEnd = lease && new Date(lease.until);

  if (progress.end) return quiet({ facts: [], dueAt: 'never' });
  if (leaseEnd && leaseEnd > now) return quiet({ facts: [], dueAt: leaseEnd });
  if (progress.handedOverAt) return quiet(awaitNotice(transmission, progress, now));
  const { openIntent, uncertain: declared } = progress;
  // A worker died, or lost its connection, between the intent and the relay's answer.
  if (openIntent && !declared) return quiet(uncertain(history, openIntent.attempt, now));
  if (declared) {
    const known = { ...progress, uncertain: declared };
    return repeatOrHold(transmission, known, now, doorbellLostAfterSeconds);
  }
  const outOfTime = later(new Date(transmission.createdAt), transmission.plan.retryForSeconds);
  const nextAttempt = progress.lastDeferred && new Date(progress.lastDeferred.nextAttemptAt);
  if (nextAttempt && nextAttempt > now) return quiet({ facts: [], dueAt: nextAttempt });
  // A deferral is only written when its next attempt lies within the time: that attempt is still made.
  if (now > outOfTime && !nextAttempt) return quiet(failed('transmission/out-of-time'));
  if (nextAttempt && now > later(outOfTime, doorbellLostAfterSeconds)) {
    return quiet(failed(progress.lastDeferred.code));
  }
  return ring(now, doorbellLostAfterSeconds);
}

function awaitNotice({ plan }: Transmission, progress: Progress, now: Date): Addition {
  const deadline = deadlineOf(plan, progress);
  if (!deadline) return { facts: [] };
  return deadline.at <= now ? failed(deadline.code) : { facts: [], dueAt: deadline.at };
}

/** An uncertain copy is sent again when its grace is over, as often as it may be; then it waits for a notice. */
function repeatOrHold(
  transmission: Transmission,
  progress: Progress & Required<Pick<Progress, 'uncertain'>>,
  now: Date,
  doorbellLostAfterSeconds: number,
): DueDecision {
  const { plan } = transmission;
  const unresolvedAt = unresolvedAfter(transmission);
  if (now >= unresolvedAt) return quiet(failed('deliver/unresolved'));
  if (!mayRepeat(plan, progress)) return quiet({ facts: [], dueAt: unresolvedAt });
  const graceEnd = later(new Date(progress.uncertain.at), plan.uncertainGraceSeconds);
  const nextAttempt = new Date(progress.lastDeferred?.nextAttemptAt ?? 0);
  const notBefore = graceEnd > nextAttempt ? graceEnd : nextAttempt;
  if (notBefore > now) return quiet({ facts: [], dueAt: notBefore });
  return ring(now, doorbellLostAfterSeconds);
}

const quiet = (addition: Addition): DueDecision => ({ addition, ring: false });

const ring = (now: Date, againAfterSeconds: number): DueDecision => ({
  addition: { facts: [], dueAt: later(now, againAfterSeconds) },
  ring: true,
});

const failed = (code: FailureCode): Addition => ended('failed', { code });
