import type { DeliveryId, PatientKey, WebhookId } from '../ids.ts';
import type { Audited, Report } from './report.ts';

/** A webhook; or the system that sent a submission, and is told by XDR what became of it: the subject of its tokens. */
export type Listener = { readonly webhookId: WebhookId } | { readonly submitter: string };

/** One report on its way to one of those who are told. */
export type Delivery = Listener & {
  readonly id: DeliveryId;
  readonly report: Report;
  /** Whose legal hold keeps it; nobody is told. Absent in what was kept before it was. */
  readonly patientKey?: PatientKey;
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
};

/** As it is first kept: due at once. */
export const newDelivery = (
  id: DeliveryId,
  listener: Listener,
  { report, patientKey }: Pick<Audited, 'report' | 'patientKey'>,
  now: Date,
): Delivery => ({
  ...listener,
  id,
  report,
  patientKey,
  createdAt: now.toISOString(),
  attempts: 0,
  nextAttemptAt: now.toISOString(),
  status: 'waiting',
  version: 1,
});
