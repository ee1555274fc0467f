import type { PatientId, PatientKey, RequestId, Sha256, TriggerId } from '../ids.ts';

/** What a data holder's system may report. */
export const EVENT_TYPES = [
  'discharge',
  'transfer',
  'encounter-ended',
  'result-available',
  'image-available',
  'record-updated',
  'claim-adjudicated',
  'eob-available',
] as const;

export type EventType = (typeof EVENT_TYPES)[number];

/** A reason to send now. `requested` is the patient's own: it concerns one request only. */
export interface Trigger {
  readonly id: TriggerId;
  readonly kind: EventType | 'requested';
  readonly patientId: PatientId;
  readonly patientKey: PatientKey;
  /** ISO 8601 UTC. */
  readonly occurredAt: string;
  readonly receivedAt: string;
  /** Present exactly when `kind` is `requested`. */
  readonly requestId?: RequestId;
  /** Of what was posted: the same event id with another content is refused. */
  readonly contentSha256: Sha256;
}
