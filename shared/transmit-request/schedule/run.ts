import type { TransmitRequest } from '../transmit-request.ts';
import { isScheduled } from './scheduled.ts';
import { nextRunAfter } from './slots.ts';

/** The next slot after a moment, where there is one to come: beyond the end date there is none. */
export function nextRun(
  { schedule, frequency, until }: Pick<TransmitRequest, 'schedule' | 'frequency' | 'until'>,
  after: Date,
): { readonly nextRunAt?: string } {
  if (schedule === undefined || !isScheduled(frequency)) return {};
  const next = nextRunAfter(schedule, frequency, after);
  const isBeyond = until !== undefined && next.getTime() > Date.parse(until);
  return isBeyond ? {} : { nextRunAt: next.toISOString() };
}

/** Moves a schedule on when a slot was served. What was moved on already, or is paused, comes back itself. */
export function ranAt(request: TransmitRequest, slot: Date): TransmitRequest {
  const { nextRunAt, ...rest } = request;
  if (nextRunAt === undefined || Date.parse(nextRunAt) > slot.getTime()) return request;
  return { ...rest, ...nextRun(request, slot) };
}
