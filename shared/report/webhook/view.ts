import type { Webhook } from '../webhook.ts';

/** A webhook as its owner sees it: without the secret, and without what the secret is made of. */
export const viewOfWebhook = (webhook: Webhook): object => ({
  id: webhook.id,
  url: webhook.url,
  types: webhook.types,
  status: webhook.status,
  createdAt: webhook.createdAt,
  failingSince: webhook.failingSince,
  disabledAt: webhook.disabledAt,
  previousSecretUntil: webhook.previousSecretUntil,
});
