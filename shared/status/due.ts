import { later } from '../clock.ts';
import type { FailureCode } from '../failures.ts';
import { mayRepeat } from '../deliver/claim.ts';
import { ended, patienceEnd, uncertain, unresolvedAfter } from '../deliver/settle.ts';
import { deadlineOf } from '../notification/deadlines.ts';
import type { Addition } from '../transmission/ledger.ts';
import { progressOf, type Progress } from '../transmission/progress.ts';
import { awaitsProbe } from '../transmission/probe.ts';
import type { History, Lease, Transmission } from '../transmission/transmission.ts';

export interface DueDecision {
  readonly addition: Addition;
  /** The sender is needed, now or as soon as the relay has time for it. */
  readonly isToSend: boolean;
  /** The sender shall look at it so many seconds from now; absent: there is nothing to ring for, or not yet. */
  readonly ringAfterSeconds?: number;
}

/** How the sender is rung. */
export interface Ringing {
  /** When a ring is held for lost, and it rings again. */
  readonly lostAfterSeconds: number;
  /** How long those take that are to be sent before: the relay is not given more at once than it takes. */
  readonly afterSeconds: number;
}

/** Longer a ring is not on its way: whoever would have to wait for longer is looked at again when the time has come. */
const MOST_RING_SECONDS = 60;

/** The longest that something is left alone which nobody could settle so far. */
const MOST_PATIENCE_SECONDS = 3600;

/**
 * How long something is left alone that could not be settled so many times before: twice as long each time, up to an
 * hour, so that what can never be settled costs next to nothing, and is not forgotten.
 */
export const growing = (firstSeconds: number, times: number): number =>
  Math.min(firstSeconds * 2 ** Math.min(times, 12), MOST_PATIENCE_SECONDS);

/**
 * What is to be done about a transmission whose time has come.
 *
 * Every transmission that has not ended has a next time: so whatever was lost on the way, a doorbell, a worker or an
 * answer, the transmission is looked at again and ends.
 */
export function dueDecision(history: History, now: Date, ringing: Ringing): DueDecision {
  const { transmission, lease } = history;
  const progress = progressOf(history.facts);
  const leaseEnd = lease && new Date(lease.until);

  if (progress.end) return quiet({ facts: [], dueAt: 'never' });
  if (leaseEnd && leaseEnd > now) return quiet({ facts: [], dueAt: leaseEnd });
  if (progress.handedOverAt) return quiet(awaitNotice(transmission, progress, now));
  const { openIntent, uncertain: declared } = progress;
  // A worker died, or lost its connection, between the intent and the relay's answer.
  if (openIntent && !declared) return quiet(uncertain(history, openIntent.attempt, now));
  // Whether sending goes on the sender finds out; until then no time passes for it.
  if (progress.halted) return ring(history, progress, now, ringing);
  if (declared) {
    return repeatOrHold(history, { ...progress, uncertain: declared }, now, ringing);
  }
  // Its own time begins when its probe has arrived, which the sender finds out.
  if (awaitsProbe(history)) return ring(history, progress, now, ringing);
  const outOfTime = patienceEnd(history);
  const nextAttempt = progress.lastDeferred && new Date(progress.lastDeferred.nextAttemptAt);
  if (nextAttempt && nextAttempt > now) return quiet({ facts: [], dueAt: nextAttempt });
  // A deferral is only written when its next attempt lies within the time: that attempt is still made.
  if (now > outOfTime && !nextAttempt) return quiet(failed('transmission/out-of-time'));
  if (nextAttempt && now > later(outOfTime, ringing.lostAfterSeconds)) {
    return quiet(failed(progress.lastDeferred.code));
  }
  return ring(history, progress, now, ringing);
}

/** When a copy may be tried again whose workers died one after the other before they could leave a trace. */
function recoveryOf({ attempt, until }: Lease, { attempts }: Progress, firstSeconds: number): Date {
  const deaths = attempt - attempts;
  return later(new Date(until), deaths < 2 ? 0 : growing(firstSeconds, deaths - 2));
}

/** Every notice may be there and the end may not: only if whoever wrote the last one did not see the others. */
function awaitNotice({ plan }: Transmission, progress: Progress, now: Date): Addition {
  const deadline = deadlineOf(plan, progress);
  if (!deadline) return { facts: [{ kind: 'ended', end: 'delivered' }], dueAt: 'never' };
  return deadline.at <= now ? failed(deadline.code) : { facts: [], dueAt: deadline.at };
}

/** An uncertain copy is sent again when its grace is over, as often as it may be; then it waits for a notice. */
function repeatOrHold(
  history: History,
  progress: Progress & Required<Pick<Progress, 'uncertain'>>,
  now: Date,
  ringing: Ringing,
): DueDecision {
  const { plan } = history.transmission;
  const unresolvedAt = unresolvedAfter(history);
  if (now >= unresolvedAt) return quiet(failed('deliver/unresolved'));
  if (!mayRepeat(plan, progress)) return quiet({ facts: [], dueAt: unresolvedAt });
  const graceEnd = later(new Date(progress.uncertain.at), plan.uncertainGraceSeconds);
  const nextAttempt = new Date(progress.lastDeferred?.nextAttemptAt ?? 0);
  const notBefore = graceEnd > nextAttempt ? graceEnd : nextAttempt;
  if (notBefore > now) return quiet({ facts: [], dueAt: notBefore });
  return ring(history, progress, now, ringing);
}

const quiet = (addition: Addition): DueDecision => ({ addition, isToSend: false });

function ring(
  { lease }: History,
  progress: Progress,
  now: Date,
  { afterSeconds, lostAfterSeconds }: Ringing,
): DueDecision {
  const recovered = lease && recoveryOf(lease, progress, lostAfterSeconds);
  if (recovered && recovered > now) return quiet({ facts: [], dueAt: recovered });
  const heardAt = later(now, afterSeconds);
  return afterSeconds > MOST_RING_SECONDS
    ? { addition: { facts: [], dueAt: heardAt }, isToSend: true }
    : {
        isToSend: true,
        addition: { facts: [], dueAt: later(heardAt, lostAfterSeconds) },
        ringAfterSeconds: afterSeconds,
      };
}

const failed = (code: FailureCode): Addition => ended('failed', { code });
