import type { DeliveryId, WebhookId } from '../ids.ts';
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
  readonly createdAt: string;
  readonly disabledAt?: string;
  readonly version: number;
}

/** One report on its way to one webhook. */
export interface Delivery {
  readonly id: DeliveryId;
  readonly webhookId: WebhookId;
  readonly report: Report;
  readonly createdAt: string;
  readonly attempts: number;
  readonly status: 'waiting' | 'delivered' | 'failed';
  readonly lastStatus?: number;
  readonly version: number;
}
