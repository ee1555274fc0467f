import { later } from '../../../shared/clock.ts';
import type { DeadlineSettings } from '../../../shared/settings.ts';

const SLACK_SECONDS = 7 * 24 * 60 * 60;

/**
 * Until when answers may come that were encrypted to a certificate which is replaced now: the longest that a copy opened
 * now can live (its attempts, the wait for its notices, and, should nobody know whether it left, the wait for that to be
 * settled), and seven days for directories and caches in which others still find the old one.
 */
export function keptUntil(
  now: Date,
  {
    retryForSeconds,
    processedWithinSeconds,
    dispatchedWithinSeconds,
    unresolvedAfterSeconds,
  }: DeadlineSettings,
): Date {
  const noticesSeconds = Math.max(processedWithinSeconds, dispatchedWithinSeconds);
  return later(now, retryForSeconds + noticesSeconds + unresolvedAfterSeconds + SLACK_SECONDS);
}
