import * as z from 'zod';

/** Bounds only: what a URL and a type may be, the webhook itself says, with its own code. Without types all are meant. */
export const WebhookBody = z.strictObject({
  url: z.string().max(5000),
  types: z
    .array(z.string().max(100))
    .min(1)
    .max(50)
    .optional()
    .meta({ description: 'Of reports; without them all.' }),
});

export type WebhookBody = z.infer<typeof WebhookBody>;
