import type { WebhookId } from '../../ids.ts';
import type { Outcome } from '../../outcome.ts';
import type { Webhook } from '../webhook.ts';

/** Where webhooks are kept. */
export interface WebhookStore {
  /**
   * Adds it, or answers what is kept under its id.
   *
   * @failure report/too-many-webhooks
   */
  add(webhook: Webhook): Promise<Outcome<Webhook>>;
  /** Strongly consistent. @failure report/unknown-webhook */
  get(id: WebhookId): Promise<Outcome<Webhook>>;
  /** All of them, the oldest first; strongly consistent. */
  list(): Promise<readonly Webhook[]>;
  /**
   * Reads, decides and writes if nobody else wrote in between, else decides again; the same object back is no change.
   * The version is counted here.
   *
   * @failure report/unknown-webhook
   * @failure whatever `decide` refuses
   */
  change(id: WebhookId, decide: (current: Webhook) => Outcome<Webhook>): Promise<Outcome<Webhook>>;
  /** @failure report/unknown-webhook */
  remove(id: WebhookId): Promise<Outcome<void>>;
}
