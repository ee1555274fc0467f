import { later } from '../../clock.ts';
import type { Webhook } from '../webhook.ts';
import type { Posted } from '../delivery/posted.ts';

/** So long a webhook that does not answer is left alone: twice as long as it takes to find out that it does not. */
export const REST_SECONDS = 30;
/** Too many requests, and servers that are too busy or wait for another one. */
const TOO_MUCH = [429, 503, 504];

/** Whether it did not answer, or has too much to do. */
export const keptWaiting = (posted: Posted): boolean =>
  posted.kind === 'failed' || TOO_MUCH.includes(posted.status);

/**
 * A webhook that keeps everybody waiting costs a worker fifteen seconds for each report, and there are so many workers
 * for all webhooks together: so it is left alone for a while. One that says no does so at once, and costs nothing.
 *
 * @returns the same object when it is left alone already, or answered
 */
export function restAfter(webhook: Webhook, posted: Posted, now: Date): Webhook {
  return keptWaiting(posted) && !isResting(webhook, now) ? resting(webhook, now) : webhook;
}

/** Whether nobody may ask it now. */
export const isResting = ({ askAgainAt }: Webhook, now: Date): boolean =>
  askAgainAt !== undefined && new Date(askAgainAt) > now;

/** Left alone by all but whoever does this: should that one die, the next one asks. */
export const resting = (webhook: Webhook, now: Date): Webhook => ({
  ...webhook,
  askAgainAt: later(now, REST_SECONDS).toISOString(),
});
