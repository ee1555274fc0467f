import type { DeliveryId, Sha256, WebhookId } from '../ids.ts';
import type { Report, ReportType } from './report.ts';

/** Where the data holder wants to be told. */
export interface Webhook {
  readonly id: WebhookId;
  readonly url: string;
  /** Absent: all. */
  readonly types?: readonly ReportType[];
  readonly status: 'active' | 'disabled';
  /**
   * Secrets are derived, not kept: of the master secret, the id and this number. While a secret is being replaced the one
   * before it signs as well.
   */
  readonly secretGeneration: number;
  readonly previousSecretUntil?: string;
  /** Of who asked for the latest change of the secret, and under which key: asked again, it is the same change. */
  readonly secretAskedFor?: Sha256;
  /** Since when it has taken nothing; absent: it took the last thing, or was told nothing yet. */
  readonly failingSince?: string;
  /** It did not answer, or has too much to do: nobody asks it before this, and then one does. Absent: everybody may. */
  readonly askAgainAt?: string;
  readonly createdAt: string;
  readonly disabledAt?: string;
  /** Counts writes. */
  readonly version: number;
}

/** More are not needed by one data holder, and each costs an item for each report. */
export const MAX_WEBHOOKS = 10;

/** One report on its way to one webhook. */
export interface Delivery {
  readonly id: DeliveryId;
  readonly webhookId: WebhookId;
  readonly report: Report;
  readonly createdAt: string;
  /** That were begun. */
  readonly attempts: number;
  /** Before this nobody begins one. Says nothing once it does not wait any more. */
  readonly nextAttemptAt: string;
  readonly status: 'waiting' | 'delivered' | 'failed';
  /** What the server answered last, if it did. */
  readonly lastStatus?: number;
  /** Counts writes. */
  readonly version: number;
}
