import type { EVENT_TYPES } from '../event-types.ts';
import type { AddressKey, PatientId, PatientKey, RequestId, Sha256, TriggerId } from '../ids.ts';

/** What may be reported: what there is, and the data holder's own. */
export type EventType = (typeof EVENT_TYPES)[number] | `x-${string}`;

/** `requested` is the patient's own press of Share, `scheduled` a slot of a schedule: each concerns one request only. */
export type TriggerKind = EventType | 'requested' | 'scheduled';

/** A reason to send. */
export interface Trigger {
  readonly id: TriggerId;
  readonly kind: TriggerKind;
  readonly patientId: PatientId;
  readonly patientKey: PatientKey;
  /** ISO 8601 UTC. */
  readonly occurredAt: string;
  readonly receivedAt: string;
  /** Present exactly when `kind` is `requested` or `scheduled`. */
  readonly requestId?: RequestId;
  /** Only of `requested`: to these addresses of the request; absent: to all. */
  readonly addresses?: readonly AddressKey[];
  /** It takes back what was reported of this kind until then, as far as nothing was sent for it. */
  readonly cancels?: true;
  /** Of what was posted: the same event id with another content is refused. */
  readonly contentSha256: Sha256;
}
