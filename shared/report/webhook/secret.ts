import { createHmac } from 'node:crypto';
import type { Webhook } from '../webhook.ts';

/** Whoever replaces a secret has a day to tell all receivers. */
export const OVERLAP_SECONDS = 86_400;

type Keyed = Pick<Webhook, 'id' | 'createdAt' | 'secretGeneration' | 'previousSecretUntil'>;

/**
 * The secret of a webhook as its owner keeps it. Nothing of it is stored: it is derived anew each time.
 *
 * @param master one for the whole deployment; when it changes, so do the secrets of all webhooks
 * @see Standard Webhooks 1.0.0, "Signature scheme": 24 to 64 bytes in base64 behind `whsec_`
 */
export const secretOf = (webhook: Keyed, master: string): string =>
  `whsec_${keyOf(webhook, webhook.secretGeneration, master).toString('base64')}`;

/**
 * The value of `webhook-signature`: of the secret, and while the one before it still counts, of both.
 *
 * @param signed what both sides sign: id, timestamp and body, with full stops between
 * @see Standard Webhooks 1.0.0, "Webhook headers"
 */
export function signaturesOf(webhook: Keyed, signed: string, master: string, now: Date): string {
  const { secretGeneration, previousSecretUntil } = webhook;
  const overlaps = previousSecretUntil !== undefined && now < new Date(previousSecretUntil);
  const generations = overlaps ? [secretGeneration, secretGeneration - 1] : [secretGeneration];
  return generations
    .map((generation) => keyOf(webhook, generation, master))
    .map((key) => `v1,${createHmac('sha256', key).update(signed).digest('base64')}`)
    .join(' ');
}

/** Of this webhook and no other: one that is removed and added again under the same key must not get old secrets back. */
const keyOf = ({ id, createdAt }: Keyed, generation: number, master: string): Buffer =>
  createHmac('sha256', master).update(`webhook ${id} ${createdAt} ${generation}`).digest();
