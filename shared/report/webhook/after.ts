import { later } from '../../clock.ts';
import { verdictOf } from '../delivery/attempt.ts';
import type { Posted } from '../delivery/posted.ts';
import type { Webhook } from '../webhook.ts';
import { restAfter } from './rest.ts';

/** Less than the schedule takes, so that one whole schedule in vain is enough. */
const GIVE_UP_AFTER_SECONDS = 3 * 86_400;

/**
 * What an attempt says of the webhook itself; the same object when it says nothing new. It is given up when it says that
 * it is gone, or when a report was tried for days in vain and nothing else was taken meanwhile.
 *
 * @param last whether the report will not be tried again
 */
export function webhookAfter(webhook: Webhook, posted: Posted, last: boolean, now: Date): Webhook {
  if (webhook.status === 'disabled') return webhook;
  const verdict = verdictOf(posted);
  if (verdict === 'delivered') return taking(webhook);
  const rested = restAfter(webhook, posted, now);
  const since = webhook.failingSince ?? now.toISOString();
  const inVain = last && later(new Date(since), GIVE_UP_AFTER_SECONDS) <= now;
  if (verdict === 'gone' || inVain) {
    return { ...webhook, status: 'disabled', disabledAt: now.toISOString() };
  }
  return webhook.failingSince === undefined ? { ...rested, failingSince: since } : rested;
}

function taking(webhook: Webhook): Webhook {
  const { failingSince, askAgainAt, ...rest } = webhook;
  return (failingSince ?? askAgainAt) === undefined ? webhook : rest;
}
