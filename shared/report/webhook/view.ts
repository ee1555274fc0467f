import * as z from 'zod';
import { REPORT_TYPES } from '../report.ts';
import type { Webhook } from '../webhook.ts';

/** A webhook as its owner sees it: without the secret, and without what the secret is made of. */
export const WebhookSchema = z
  .strictObject({
    id: z.string(),
    url: z.string(),
    types: z.array(z.enum(REPORT_TYPES)).optional().meta({ description: 'Absent: all.' }),
    status: z.enum(['active', 'disabled']),
    createdAt: z.iso.datetime(),
    failingSince: z.iso.datetime().optional(),
    disabledAt: z.iso.datetime().optional(),
    previousSecretUntil: z.iso.datetime().optional(),
  })
  .meta({ id: 'Webhook' });

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
