import type { Sha256, WebhookId } from '../ids.ts';
import type { ReportType } from './report.ts';

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
