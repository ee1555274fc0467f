import { Temporal } from 'temporal-polyfill';
import { later } from '../../clock.ts';
import type { RequestSettings } from '../../settings.ts';
import { isExpired } from '../running.ts';
import type { Frequency, TransmitRequest } from '../transmit-request.ts';
import { asPaused } from './pause.ts';

const DAY_SECONDS = 86_400;

/** When somebody has to say that a request shall go on: calendar months from a moment, UTC. One copy needs no review. */
export function review(
  frequency: Frequency,
  from: Date,
  { reviewAfterMonths }: RequestSettings,
): { readonly reviewAt?: string } {
  if (frequency === 'once') return {};
  const at = Temporal.Instant.fromEpochMilliseconds(from.getTime())
    .toZonedDateTimeISO('UTC')
    .add({ months: reviewAfterMonths });
  return { reviewAt: new Date(at.epochMilliseconds).toISOString() };
}

/**
 * Notes that the review was reported, and when the request is paused if nobody answers.
 * When no review is due, or it was reported already, the request itself comes back.
 */
export function reviewReported(
  request: TransmitRequest,
  now: Date,
  { pauseAfterReviewDays }: RequestSettings,
): TransmitRequest {
  const { status, reviewAt, reviewReportedAt } = request;
  const isDue = status === 'active' && reviewAt !== undefined && reviewReportedAt === undefined;
  if (!isDue || Date.parse(reviewAt) > now.getTime() || isExpired(request, now)) return request;
  return {
    ...request,
    reviewReportedAt: now.toISOString(),
    pausesAt: later(now, pauseAfterReviewDays * DAY_SECONDS).toISOString(),
  };
}

/** Pauses the whole of a request whose review nobody answered in time; any other comes back itself. */
export function pausedForReview(request: TransmitRequest, now: Date): TransmitRequest {
  const { pausesAt } = request;
  const isDue = request.status === 'active' && pausesAt !== undefined;
  if (!isDue || Date.parse(pausesAt) > now.getTime() || isExpired(request, now)) return request;
  return asPaused(request, 'transmit-request/review-overdue', now);
}
