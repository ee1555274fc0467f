import type { Random } from '../chance.ts';
import { later } from '../clock.ts';
import { ruleOf, type FailureCode } from '../failures.ts';
import type { Failure } from '../outcome.ts';
import type { Addition } from '../transmission/ledger.ts';
import type { FactBody } from '../transmission/facts.ts';
import { progressOf } from '../transmission/progress.ts';
import type { History, Plan } from '../transmission/transmission.ts';
import { continuing, stillToSend } from './claim.ts';
import type { Receipt } from './relay.ts';
import type { Stop as SendingStop } from '../switches.ts';

/** The end that a copy comes to without having been delivered. */
export const ended = (end: 'failed' | 'stopped', { code, detail }: Failure): Addition => ({
  facts: [{ kind: 'ended', end, code, ...(detail === undefined ? {} : { detail }) }],
  lease: 'released',
  dueAt: 'never',
});

const UNRESOLVED: Failure = { code: 'deliver/unresolved' };

/** What came meanwhile decides: a copy that has ended, or is known to have left, is not judged by what failed after. */
function settledMeanwhile(history: History): Addition | undefined {
  const toSend = stillToSend(history);
  if (toSend.ok) return undefined;
  return toSend.failure.code === 'transmission/ended'
    ? { facts: [], lease: 'released', dueAt: 'never' }
    : { facts: [], lease: 'released' };
}

/** The relay took the copy: from now on its notices are awaited, unless they were faster. */
export function accepted(
  history: History,
  attempt: number,
  { receipt, knownAs }: Receipt,
  now: Date,
): Addition {
  const dueAt = later(now, history.transmission.plan.processedWithinSeconds);
  const settled = settledMeanwhile(history) ?? { lease: 'released', dueAt };
  return {
    ...settled,
    ...(knownAs && { knownAs }),
    facts: [{ kind: 'accepted', attempt, receipt }],
  };
}

/** It is not known whether the copy left: a notice may settle it within the grace. */
export function uncertain(history: History, attempt: number, now: Date): Addition {
  const dueAt = later(now, history.transmission.plan.uncertainGraceSeconds);
  const declared: Addition = { facts: [{ kind: 'uncertain', attempt }], lease: 'released', dueAt };
  return settledMeanwhile(history) ?? declared;
}

/**
 * An attempt was refused and nothing of it left. What may succeed later is tried again while the plan's patience
 * lasts; everything else ends here. After an uncertain hand-over no refusal can say that nothing was sent, so the
 * end is then `deliver/unresolved`.
 */
export function refused(
  history: History,
  attempt: number,
  failure: Failure,
  now: Date,
  random: Random,
): Addition {
  const settled = settledMeanwhile(history);
  if (settled) return settled;
  const others = progressOf(history.facts.filter((fact) => !concerns(fact, attempt)));
  const nextAttempt = later(now, waitAfter(history.transmission.plan, others.deferrals, random));
  if (!ruleOf(failure.code).retry || nextAttempt > patienceEnd(history)) {
    return ended('failed', others.openIntent ? UNRESOLVED : failure);
  }
  const nextAttemptAt = nextAttempt.toISOString();
  return {
    facts: [{ kind: 'deferred', attempt, code: failure.code, nextAttemptAt }],
    lease: 'released',
    dueAt: nextAttempt,
  };
}

/** What is left of a wait at least: with nothing, a relay that is down would be asked again in the same second. */
const LEAST_OF_WAIT = 0.1;

/**
 * Random from a tenth of the plan's wait to the whole of it (full jitter but for that tenth), so that those who were
 * refused together do not come back together. The last wait repeats.
 *
 * @param deferrals how many attempts were put off before this one
 */
function waitAfter({ retryAfterSeconds: waits }: Plan, deferrals: number, random: Random): number {
  const most = waits[Math.min(deferrals, waits.length - 1)] ?? 0;
  return most * (LEAST_OF_WAIT + (1 - LEAST_OF_WAIT) * random());
}

/** Until when attempts are made. */
export const patienceEnd = (history: History): Date =>
  later(beginningOf(history), history.transmission.plan.retryForSeconds);

/** All time counts anew when an operator found out that nothing had left. */
const beginningOf = ({ transmission, facts }: History): Date =>
  progressOf(facts).beganAnewAt ?? new Date(transmission.createdAt);

/**
 * The relay may not be asked now, which says nothing of this copy: only its time is moved, so that a thousand copies
 * that wait leave no thousand facts. When the next try would come too late, it ends with what it waited for.
 *
 * @param until when to try again
 */
export function heldBack(history: History, failure: Failure, until: Date): Addition {
  const progress = progressOf(history.facts);
  const isPerhapsSent = progress.openIntent !== undefined;
  // Of what waited because sending was stopped, the time begins anew right now.
  const isOver = !progress.halted && !isPerhapsSent && until > patienceEnd(history);
  return {
    ...(isOver ? ended('failed', failure) : { facts: continuing(progress), dueAt: until }),
    whileActive: true,
  };
}

/**
 * An operator has stopped all sending. That is said once of each copy that it keeps from leaving, and the time it takes
 * is not the copy's.
 *
 * @param until when to look again
 */
export const halted = ({ at: stop }: SendingStop, until: Date): Addition => ({
  facts: [{ kind: 'halted', stop }],
  dueAt: until,
});

const concerns = (fact: FactBody, attempt: number): boolean =>
  'attempt' in fact && fact.attempt === attempt;

/** Why a copy may not leave although nothing is wrong with it. */
const STOPS = [
  'transmit-request/revoked',
  'transmit-request/paused',
  'transmit-request/expired',
  'consent/authority-ended',
  'patient/merged',
  'patient/deceased',
] as const satisfies readonly FailureCode[];

export type Stop = (typeof STOPS)[number];

export const isStop = (code: FailureCode): code is Stop => STOPS.some((each) => each === code);

/**
 * The request or the address is no longer active, or the patient not whom they were of. A transmission of which nothing can have left is stopped; one that
 * is uncertain is not sent again, and stays so until a notice or the end of its time settles it.
 */
export function stopped(history: History, code: Stop, now: Date): Addition {
  const settled = settledMeanwhile(history);
  if (settled) return settled;
  const progress = progressOf(history.facts);
  if (!progress.openIntent) return ended('stopped', { code });
  // Another worker has it at the relay: its answer, or the end of its lease, says what is next.
  if (!progress.uncertain) return { facts: [] };
  const unresolvedAt = unresolvedAfter(history);
  if (now >= unresolvedAt) return ended('failed', UNRESOLVED);
  return { facts: [], dueAt: unresolvedAt };
}

/** When a copy that stayed uncertain is given up. */
export const unresolvedAfter = (history: History): Date =>
  later(beginningOf(history), history.transmission.plan.unresolvedAfterSeconds);
