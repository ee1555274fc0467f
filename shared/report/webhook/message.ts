import type { Delivery } from '../delivery.ts';
import type { Webhook } from '../webhook.ts';
import type { WebhookMessage } from './post.ts';
import { signaturesOf } from './secret.ts';

/**
 * A report as a webhook gets it: `type`, `timestamp` of what happened, and the rest of the report as `data`. The id is
 * the same at each attempt, the timestamp of the headers is the attempt's.
 *
 * @see Standard Webhooks 1.0.0, "Payload structure" and "Webhook headers"
 */
export function messageOf(
  { id, report }: Delivery,
  webhook: Webhook,
  master: string,
  now: Date,
): WebhookMessage {
  const { type, at, ...data } = report;
  const body = JSON.stringify({ type, timestamp: at, data });
  const timestamp = String(Math.floor(now.getTime() / 1000));
  return {
    url: webhook.url,
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': signaturesOf(webhook, `${id}.${timestamp}.${body}`, master, now),
    },
    body,
  };
}
