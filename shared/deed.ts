import type { PatientKey, ReportId } from './ids.ts';

/** What an operator or the clock does to what is kept. It is told to the audit, and to nobody else. */
export const DEED_KINDS = [
  'sending.stopped',
  'sending.resumed',
  'intake.stopped',
  'intake.resumed',
  'hold.placed',
  'hold.released',
  'retention.purged',
] as const;

export type DeedKind = (typeof DEED_KINDS)[number];

/** One such thing, kept by the transaction that makes it true. Ids, codes and counts: nothing of what anybody is. */
export interface Deed {
  /** The same however often it is told. */
  readonly id: ReportId;
  readonly kind: DeedKind;
  /** ISO 8601 UTC. */
  readonly at: string;
  /** Who did it, as he named himself; absent: the clock. */
  readonly by?: string;
  readonly reason?: string;
  readonly patientKey?: PatientKey;
  /** Of what was removed: its class, */
  readonly class?: string;
  /** its id, */
  readonly of?: string;
  /** and how many items of the table */
  readonly items?: number;
  /** and objects of a bucket went with it. */
  readonly objects?: number;
}
