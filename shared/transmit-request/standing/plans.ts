import type { AddressKey } from '../../ids.ts';
import { isServed } from '../running.ts';
import { isScheduled } from '../schedule/scheduled.ts';
import type { RequestAddress, TransmitRequest } from '../transmit-request.ts';

/** Something that is to be done about a request at a time: which slot it is that a slot serves, its time says. */
export interface Plan {
  /** ISO 8601 UTC, always with milliseconds: text and time have one order. */
  readonly at: string;
  readonly what:
    | { readonly kind: 'slot' }
    | { readonly kind: 'review' }
    | { readonly kind: 'pause' }
    | { readonly kind: 'authority-ended' }
    | { readonly kind: 'recheck'; readonly addressKey: AddressKey };
}

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

/** All that is to be done about a request, in no order. */
export function plansOf(request: TransmitRequest): readonly Plan[] {
  const { status, until, addresses, authorityEndsAt } = request;
  if (status !== 'active' || isServed(request)) return [];
  const entries = Object.entries(addresses) as [AddressKey, RequestAddress][];
  const plans: readonly Plan[] = [
    ...slotOf(request),
    ...reviewOf(request),
    ...entries.flatMap(recheckOf),
    ...(authorityEndsAt === undefined
      ? []
      : [{ at: authorityEndsAt, what: { kind: 'authority-ended' } } as const]),
  ];
  return plans.filter(({ at }) => until === undefined || Date.parse(at) <= Date.parse(until));
}

function slotOf({ frequency, schedule, nextRunAt }: TransmitRequest): readonly Plan[] {
  if (schedule === undefined || nextRunAt === undefined || !isScheduled(frequency)) return [];
  return [{ at: nextRunAt, what: { kind: 'slot' } }];
}

/** Once it was reported, what is waited for is the answer. */
function reviewOf({ reviewAt, pausesAt }: TransmitRequest): readonly Plan[] {
  if (pausesAt !== undefined) return [{ at: pausesAt, what: { kind: 'pause' } }];
  if (reviewAt === undefined) return [];
  return [{ at: reviewAt, what: { kind: 'review' } }];
}

const recheckOf = ([addressKey, { paused }]: [AddressKey, RequestAddress]): readonly Plan[] =>
  paused?.recheckAt === undefined
    ? []
    : [{ at: paused.recheckAt, what: { kind: 'recheck', addressKey } }];
