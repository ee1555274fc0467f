import type {
  BatchId,
  DirectAddress,
  PatientId,
  PatientKey,
  RequestId,
  Sha256,
  TransmissionId,
} from '../ids.ts';
import type { Language } from '../language.ts';
import type { Fact } from './facts.ts';

/** The rules of one copy, taken from request and settings when it is opened: a later change does not move them. */
export interface Plan {
  readonly delivery: 'processed-and-dispatched' | 'processed';
  readonly processedWithinSeconds: number;
  readonly dispatchedWithinSeconds: number;
  readonly retryForSeconds: number;
  readonly retryAfterSeconds: readonly number[];
  readonly leaseSeconds: number;
  readonly uncertainGraceSeconds: number;
  readonly uncertain: 'resend' | 'hold';
  /** This long after it was opened, a transmission whose hand-over stayed uncertain ends as unresolved. */
  readonly unresolvedAfterSeconds: number;
  /** In which the recipient is written to; absent in what was opened before it was asked: English. */
  readonly language?: Language;
  /** Whether more copies may follow; absent likewise: none. */
  readonly recurring?: boolean;
  /** It may leave although the patient has died, because a representative asked for it after that. */
  readonly afterDeath?: true;
}

/** One copy of one record to one address: its identity and its plan. What happened to it are its facts. */
export interface Transmission {
  readonly id: TransmissionId;
  readonly requestId: RequestId;
  readonly batchId: BatchId;
  readonly patientId: PatientId;
  readonly patientKey: PatientKey;
  readonly address: DirectAddress;
  readonly sender: DirectAddress;
  readonly clientReference?: string;
  readonly createdAt: string;
  /** Which asking for its address it is of: `addedWith` of the address when it was opened. */
  readonly addressAddedWith?: number;
  readonly plan: Plan;
  /** It is the message without health data that goes to an address before the first copy. */
  readonly isProbe?: true;
  /** The probe that has to arrive before anything of this copy is made. */
  readonly after?: TransmissionId;
  /** What is sent instead of the record; absent: the record as it is when it is sent. */
  readonly submission?: SubmissionRef;
}

/** A submission that came to us by XDR, whole, and that is what this copy consists of. */
export interface SubmissionRef {
  /** Where its bytes lie, as a MIME entity of the Content-Type and the body of the request. */
  readonly bytesAt: string;
  readonly sha256: Sha256;
  /** Its WS-Addressing MessageID: what becomes of it is told under it. */
  readonly messageId: string;
  /** Who sent it: the subject of a system client. */
  readonly client: string;
  /** No request of the patient named the recipient: the client asserted that it may be sent. */
  readonly basis?: 'holder-attested';
}

/** A worker's hold on a transmission, so that no two work on it at once. */
export interface Lease {
  readonly owner: string;
  readonly attempt: number;
  /** ISO 8601 UTC. */
  readonly until: string;
}

/** Everything known of a transmission at one moment. Facts are in the order of their sequence. */
export interface History {
  readonly transmission: Transmission;
  readonly facts: readonly Fact[];
  readonly lease?: Lease;
}
