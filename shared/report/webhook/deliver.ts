import type { Random } from '../../chance.ts';
import type { Now } from '../../clock.ts';
import type { DeliveryId } from '../../ids.ts';
import type { Log } from '../../log.ts';
import type { Metrics } from '../../metrics.ts';
import { done, fail, type Outcome } from '../../outcome.ts';
import type { Delivery, Webhook } from '../webhook.ts';
import { begun, givenUp, isLast, settled, verdictOf, webhookAfter } from './attempt.ts';
import { messageOf } from './message.ts';
import type { Posted, WebhookPost } from './post.ts';
import { isResting, resting } from './rest.ts';
import type { DeliveryStore, WebhookStore } from './store.ts';

export interface DeliverPorts {
  readonly webhooks: WebhookStore;
  readonly deliveries: DeliveryStore;
  readonly post: WebhookPost['post'];
  /** From which the secrets of all webhooks are derived. */
  readonly webhookSecret: () => Promise<string>;
  readonly random: Random;
  readonly metrics: Metrics;
  readonly now: Now;
  readonly log: Log;
}

/**
 * Makes one attempt to tell one webhook one thing, unless it is settled or not time yet. That it was begun is on record
 * first, with the time at which somebody else may try if nothing more is heard of it.
 *
 * @failure report/unknown-delivery
 * @failure report/unknown-webhook  it was removed meanwhile: given up
 * @failure report/webhook-disabled likewise
 * @failure report/webhook-failed   not taken; tried again, or given up after the last attempt
 */
export async function deliver(
  id: DeliveryId,
  ports: DeliverPorts,
): Promise<Outcome<'delivered' | 'nothing-to-do'>> {
  // First: without it there is no attempt, and none shall be counted.
  const master = await ports.webhookSecret();
  const claimed = await ports.deliveries.change(id, (current) => begun(current, ports.now()));
  if (!claimed.ok) return claimed;
  const attempt = claimed.value;
  if (attempt === undefined) return done('nothing-to-do');

  const webhook = await activeWebhook(attempt, ports);
  if (!webhook.ok) {
    await ports.deliveries.change(id, givenUp);
    return webhook;
  }
  if (!isLast(attempt) && !(await mayAsk(webhook.value, ports))) return putOff(attempt, ports);
  const posted = await ports.post(messageOf(attempt, webhook.value, master, ports.now()));
  return settle(attempt, webhook.value, posted, ports);
}

async function activeWebhook(
  { webhookId }: Delivery,
  { webhooks }: DeliverPorts,
): Promise<Outcome<Webhook>> {
  const webhook = await webhooks.get(webhookId);
  const isGivenUp = webhook.ok && webhook.value.status === 'disabled';
  return isGivenUp ? fail('report/webhook-disabled') : webhook;
}

/** Of those who come when a webhook was left alone for long enough, one asks it. */
async function mayAsk(webhook: Webhook, { webhooks, now }: DeliverPorts): Promise<boolean> {
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

const UNASKED: Posted = { kind: 'failed', fault: 'unreachable' };

/** By the schedule, as if it had been asked in vain: the last attempt is made whatever is known of the webhook. */
async function putOff(attempt: Delivery, ports: DeliverPorts): Promise<Outcome<never>> {
  const moment = { now: ports.now(), chance: ports.random() };
  const left = await ports.deliveries.change(attempt.id, (current) =>
    settled(current, attempt, UNASKED, moment),
  );
  if (!left.ok) return left;
  const { id: deliveryId, webhookId, attempts: count } = attempt;
  ports.log.info('webhook-put-off', { deliveryId, webhookId, count });
  return fail('report/webhook-failed');
}

async function settle(
  attempt: Delivery,
  webhook: Webhook,
  posted: Posted,
  ports: DeliverPorts,
): Promise<Outcome<'delivered'>> {
  const { deliveries, now, random, log } = ports;
  const moment = { now: now(), chance: random() };
  const left = await deliveries.change(attempt.id, (current) =>
    settled(current, attempt, posted, moment),
  );
  if (!left.ok) return left;
  const verdict = verdictOf(posted);
  await concludeOn(webhook, posted, left.value?.status === 'failed', ports);

  const status = posted.kind === 'answered' ? posted.status : posted.fault;
  const said = { deliveryId: attempt.id, webhookId: webhook.id, status, count: attempt.attempts };
  if (verdict === 'delivered') {
    log.info('webhook-delivered', said);
    return done('delivered');
  }
  log.error('webhook-failed', { ...said, code: 'report/webhook-failed' });
  return fail('report/webhook-failed');
}

/** Most attempts say nothing new of the webhook, and then nothing is written. */
async function concludeOn(
  webhook: Webhook,
  posted: Posted,
  last: boolean,
  { webhooks, metrics, now, log }: DeliverPorts,
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
