import { isAuthorityEnded } from '../../consent/authority-end.ts';
import type { AddressKey } from '../../ids.ts';
import { isExpired, isServed } from '../running.ts';
import { isScheduled } from '../schedule/run.ts';
import { latestRunBy } from '../schedule/slots.ts';
import type { RequestAddress, TransmitRequest } from '../transmit-request.ts';

/** What is to be done about a request now. */
export type DueNow =
  /** Its copies go out; of several slots that were missed only the latest is served. Then `ranAt(request, slot)`. */
  | { readonly kind: 'slot'; readonly slot: Date }
  /** Somebody has to say that it shall go on: `reviewReported`. */
  | { readonly kind: 'review' }
  /** Nobody has said so: `pausedForReview`. */
  | { readonly kind: 'pause' }
  /** The address is discovered and judged anew: `addressRechecked`. */
  | { readonly kind: 'recheck'; readonly addressKey: AddressKey }
  /** The authority has ended on which it rests: `pausedForAuthority`. */
  | { readonly kind: 'authority-ended' }
  /** It reached its end date before somebody looked: `unwatched`. */
  | { readonly kind: 'end' };

/**
 * When somebody must look at a request next.
 *
 * Nothing is due of a request that is paused, revoked or served, and nothing after its end date.
 */
export function dueOfRequest(request: TransmitRequest): Date | undefined {
  const first = plansOf(request)
    .map(({ at }) => at)
    .sort()
    .at(0);
  return first === undefined ? undefined : new Date(first);
}

/** What is to be done at a moment, each of it once; nothing when nothing is due yet. */
export function dueNow(request: TransmitRequest, now: Date): readonly DueNow[] {
  const due = plansOf(request).filter(({ at }) => Date.parse(at) <= now.getTime());
  if (due.length > 0 && isExpired(request, now)) return [{ kind: 'end' }];
  // Whatever else has come is for whoever may decide on it now.
  if (due.length > 0 && isAuthorityEnded(request, now)) return [{ kind: 'authority-ended' }];
  return due.map(({ what }) => what(now));
}

interface Plan {
  /** ISO 8601 UTC, always with milliseconds: text and time have one order. */
  readonly at: string;
  readonly what: (now: Date) => DueNow;
}

function plansOf(request: TransmitRequest): readonly Plan[] {
  const { status, until, addresses, authorityEndsAt } = request;
  if (status !== 'active' || isServed(request)) return [];
  const entries = Object.entries(addresses) as [AddressKey, RequestAddress][];
  const plans: readonly Plan[] = [
    ...slotOf(request),
    ...reviewOf(request),
    ...entries.flatMap(recheckOf),
    ...(authorityEndsAt === undefined
      ? []
      : [{ at: authorityEndsAt, what: (): DueNow => ({ kind: 'authority-ended' }) }]),
  ];
  return plans.filter(({ at }) => until === undefined || Date.parse(at) <= Date.parse(until));
}

function slotOf({ frequency, schedule, nextRunAt }: TransmitRequest): readonly Plan[] {
  if (schedule === undefined || nextRunAt === undefined || !isScheduled(frequency)) return [];
  return [
    {
      at: nextRunAt,
      what: (now) => ({ kind: 'slot', slot: latestRunBy(schedule, frequency, now) }),
    },
  ];
}

/** Once it was reported, what is waited for is the answer. */
function reviewOf({ reviewAt, pausesAt }: TransmitRequest): readonly Plan[] {
  if (pausesAt !== undefined) return [{ at: pausesAt, what: () => ({ kind: 'pause' }) }];
  if (reviewAt === undefined) return [];
  return [{ at: reviewAt, what: () => ({ kind: 'review' }) }];
}

const recheckOf = ([addressKey, { paused }]: [AddressKey, RequestAddress]): readonly Plan[] =>
  paused?.recheckAt === undefined
    ? []
    : [{ at: paused.recheckAt, what: () => ({ kind: 'recheck', addressKey }) }];
