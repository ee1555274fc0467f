import * as z from 'zod';
import type { Operations } from '../../shared/operation.ts';
import { WebhookBody } from '../../shared/report/webhook/body.ts';
import { WebhookSchema } from '../../shared/report/webhook/view.ts';

const WithSecret = WebhookSchema.extend({
  secret: z
    .string()
    .meta({ description: 'By which messages are verified. It is shown here only.' }),
});

const Page = z.strictObject({
  webhooks: z.array(WebhookSchema),
  nextCursor: z.string().optional(),
});

const WEBHOOK = {
  id: 'whk_abcdefghijklmnopqrstuvwxyz',
  url: 'https://ehr.example.org/direct-transmit',
  types: ['transmission.delivered', 'transmission.failed'],
  status: 'active',
  createdAt: '2026-11-22T12:00:00.000Z',
};

const json = (schema: z.ZodType, example: unknown) => ({
  'application/json': { schema, example },
});

const withSecret = (summary: string) => ({
  summary,
  content: json(WithSecret, {
    ...WEBHOOK,
    secret: 'whsec_ZXhhbXBsZSBvZiBhIHNlY3JldCBmb3IgYSBwYWdl',
  }),
  headers: ['idempotency-replayed'],
});

export const OPERATIONS = {
  'POST /v1/webhooks': {
    id: 'addWebhook',
    summary: 'Has everything that becomes of copies and requests told to a URL.',
    body: json(WebhookBody, { url: WEBHOOK.url, types: WEBHOOK.types }),
    answers: { 201: withSecret('It is told from now on') },
    refusals: [
      'report/bad-url',
      'report/unknown-type',
      'report/too-many-webhooks',
      'report/unknown-webhook',
    ],
  },
  'GET /v1/webhooks': {
    id: 'listWebhooks',
    summary: 'All webhooks, without their secrets.',
    answers: { 200: { summary: 'A page', content: json(Page, { webhooks: [WEBHOOK] }) } },
  },
  'DELETE /v1/webhooks/{webhookId}': {
    id: 'removeWebhook',
    summary: 'Has nothing told to a webhook any more.',
    answers: { 204: { summary: 'It is gone' } },
    refusals: ['report/unknown-webhook'],
  },
  'POST /v1/webhooks/{webhookId}/rotate-secret': {
    id: 'rotateWebhookSecret',
    summary: 'Gives a webhook its next secret; for a day messages are signed with both.',
    answers: { 200: withSecret('The webhook with its new secret') },
    refusals: ['report/unknown-webhook'],
  },
} satisfies Operations;
