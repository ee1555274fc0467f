import type { Now } from '../../clock.ts';
import type { WebhookId } from '../../ids.ts';
import type { Log } from '../../log.ts';
import type { Metrics } from '../../metrics.ts';
import { done, fail, type Outcome } from '../../outcome.ts';
import type { Delivery } from '../delivery.ts';
import type { Listening } from '../delivery/listening.ts';
import type { Posted } from '../delivery/posted.ts';
import type { Webhook } from '../webhook.ts';
import { webhookAfter } from './after.ts';
import { messageOf } from './message.ts';
import type { WebhookPost } from './post.ts';
import { isResting, resting } from './rest.ts';
import type { WebhookStore } from './store.ts';

export interface WebhookListeningPorts {
  readonly webhooks: WebhookStore;
  readonly post: WebhookPost['post'];
  /** From which the secrets of all webhooks are derived. */
  readonly webhookSecret: () => Promise<string>;
  readonly metrics: Metrics;
  readonly now: Now;
  readonly log: Log;
}

/** @failure report/unknown-webhook, report/webhook-disabled */
export async function webhookListening(
  attempt: Delivery & { readonly webhookId: WebhookId },
  master: string,
  ports: WebhookListeningPorts,
): Promise<Outcome<Listening>> {
  const found = await ports.webhooks.get(attempt.webhookId);
  if (!found.ok) return found;
  const webhook = found.value;
  if (webhook.status === 'disabled') return fail('report/webhook-disabled');
  return done({
    mayBeAsked: () => mayAsk(webhook, ports),
    post: () => ports.post(messageOf(attempt, webhook, master, ports.now())),
    conclude: (posted, isGivenUp) => concludeOn(webhook, posted, isGivenUp, ports),
    words: {
      delivered: 'webhook-delivered',
      failed: 'webhook-failed',
      'put-off': 'webhook-put-off',
    },
    knownAs: { webhookId: webhook.id },
    failure: 'report/webhook-failed',
  });
}

/** Of those who come when a webhook was left alone for long enough, one asks it. */
async function mayAsk(
  webhook: Webhook,
  { webhooks, now }: WebhookListeningPorts,
): Promise<boolean> {
  const at = now();
  if (isResting(webhook, at)) return false;
  if (webhook.askAgainAt === undefined) return true;
  let isOurs = false;
  const left = await webhooks.change(webhook.id, (current) => {
    isOurs = !isResting(current, at);
    return done(isOurs ? resting(current, at) : current);
  });
  return left.ok && isOurs;
}

/** Most attempts say nothing new of the webhook, and then nothing is written. */
async function concludeOn(
  webhook: Webhook,
  posted: Posted,
  last: boolean,
  { webhooks, metrics, now, log }: WebhookListeningPorts,
): Promise<void> {
  const at = now();
  const changed = (current: Webhook): Webhook => webhookAfter(current, posted, last, at);
  if (changed(webhook) === webhook) return;
  let before = webhook;
  const after = await webhooks.change(webhook.id, (current) => done(changed((before = current))));
  const isGivenUpNow = after.ok && after.value.status !== before.status;
  if (!isGivenUpNow) return;
  metrics.put('WebhookDisabled', 1);
  log.error('webhook-disabled', { webhookId: webhook.id, code: 'report/webhook-disabled' });
}
