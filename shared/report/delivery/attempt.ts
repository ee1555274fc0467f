import { later } from '../../clock.ts';
import type { Delivery } from '../delivery.ts';
import type { Posted } from './posted.ts';

/**
 * Waits between attempts: 5 s, 5 min, 30 min, 2, 5, 10, 14, 20 and 24 h, three days in all.
 *
 * @see Standard Webhooks 1.0.0, "Deliverability and reliability", the example of a schedule
 */
const WAITS_SECONDS = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400];

/** Up to so much of a wait is added by chance, so that what failed together is not tried again together. */
const JITTER = 0.2;
/** What a server may ask for at most. */
const MAX_RETRY_AFTER_SECONDS = 86_400;
/** An attempt that was begun is over by then, whatever became of its worker. */
const ATTEMPT_SECONDS = 60;

/** `gone`: it does not want to be told anything any more. */
export type Verdict = 'delivered' | 'gone' | 'failed';

/** @see Standard Webhooks 1.0.0, "Delivery success and failure" */
export function verdictOf(posted: Posted): Verdict {
  if (posted.kind !== 'answered') return 'failed';
  if (posted.status === 410) return 'gone';
  return posted.status >= 200 && posted.status < 300 ? 'delivered' : 'failed';
}

/** Begins an attempt, on record before it is made; undefined when it is settled or not time yet. */
export const begun = (delivery: Delivery, now: Date): Delivery | undefined =>
  delivery.status === 'waiting' && new Date(delivery.nextAttemptAt) <= now
    ? {
        ...delivery,
        attempts: delivery.attempts + 1,
        nextAttemptAt: later(now, ATTEMPT_SECONDS).toISOString(),
      }
    : undefined;

/** Whether it is the last that is made. */
export const isLast = ({ attempts }: Delivery): boolean => attempts > WAITS_SECONDS.length;

/** Gives up what is not settled, without asking the webhook again. */
export const givenUp = (delivery: Delivery): Delivery | undefined =>
  delivery.status === 'waiting' ? { ...delivery, status: 'failed' } : undefined;

/**
 * What an attempt leaves; undefined when somebody else settled it, or is at it by now and this was no yes.
 *
 * @param attempt as it was begun
 * @param chance from 0 to 1
 */
export function settled(
  current: Delivery,
  attempt: Delivery,
  posted: Posted,
  { now, chance }: { readonly now: Date; readonly chance: number },
): Delivery | undefined {
  if (current.status !== 'waiting') return undefined;
  const verdict = verdictOf(posted);
  const answered = {
    ...current,
    ...(posted.kind !== 'failed' && { lastStatus: posted.status }),
  };
  if (verdict === 'delivered') return { ...answered, status: 'delivered' };
  if (current.attempts !== attempt.attempts) return undefined;
  const waitSeconds = WAITS_SECONDS[attempt.attempts - 1];
  if (verdict === 'gone' || waitSeconds === undefined) return givenUp(answered);
  const seconds = Math.max(waitSeconds * (1 + JITTER * chance), askedToWait(posted, now));
  return { ...answered, nextAttemptAt: later(now, seconds).toISOString() };
}

/** Retry-After in both its forms (RFC 9110 section 10.2.3), within bounds; what cannot be read asks for nothing. */
function askedToWait(posted: Posted, now: Date): number {
  const written = posted.kind === 'answered' ? (posted.retryAfter ?? '').trim() : '';
  const seconds = /^\d{1,9}$/.test(written)
    ? Number(written)
    : (Date.parse(written) - now.getTime()) / 1000;
  return Number.isNaN(seconds) ? 0 : Math.min(seconds, MAX_RETRY_AFTER_SECONDS);
}
