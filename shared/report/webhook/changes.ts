import { later } from '../../clock.ts';
import { sha256, type Sha256, type WebhookId } from '../../ids.ts';
import { done, fail, failAt, type Outcome } from '../../outcome.ts';
import { REPORT_TYPES, type Report, type ReportType } from '../report.ts';
import type { Webhook } from '../webhook.ts';
import { OVERLAP_SECONDS } from './secret.ts';

/** A webhook as it is first kept. */
export const newWebhook = (
  id: WebhookId,
  wanted: Pick<Webhook, 'url' | 'types'>,
  now: Date,
): Webhook => ({
  id,
  ...wanted,
  status: 'active',
  secretGeneration: 1,
  createdAt: now.toISOString(),
  version: 1,
});

/**
 * Reads which reports are wanted. Each once, in the order in which they were named.
 *
 * @failure report/unknown-type with a pointer to each
 */
export function parseTypes(texts: readonly string[]): Outcome<readonly ReportType[]> {
  const types = [...new Set(texts)].filter(isType);
  const faults = texts.flatMap((text, at) =>
    isType(text) ? [] : [{ pointer: `/types/${at}`, code: 'unknown-type' }],
  );
  return faults.length > 0 ? failAt('report/unknown-type', faults) : done(types);
}

/** Asked for the same thing under the same key, or for something else. */
export const sameWanted = (one: Webhook, wanted: Pick<Webhook, 'url' | 'types'>): boolean =>
  one.url === wanted.url && JSON.stringify(one.types) === JSON.stringify(wanted.types);

export const isWanted = ({ status, types }: Webhook, { type }: Report): boolean =>
  status === 'active' && (types === undefined || types.includes(type));

/** What stands for one call that asks for a new secret. */
export const askedForBy = (subject: string, key: string): Sha256 =>
  sha256(JSON.stringify([subject, key]));

/**
 * Gives a webhook its next secret; for a day the one before it counts as well, and no older one. Asked for again, it is
 * the same change.
 *
 * @failure report/webhook-disabled
 */
export function withNextSecret(webhook: Webhook, askedFor: Sha256, now: Date): Outcome<Webhook> {
  if (webhook.secretAskedFor === askedFor) return done(webhook);
  if (webhook.status === 'disabled') return fail('report/webhook-disabled');
  return done({
    ...webhook,
    secretGeneration: webhook.secretGeneration + 1,
    previousSecretUntil: later(now, OVERLAP_SECONDS).toISOString(),
    secretAskedFor: askedFor,
  });
}

const isType = (text: string): text is ReportType => REPORT_TYPES.some((type) => type === text);
