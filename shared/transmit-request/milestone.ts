import type { Actor } from '../consent/consent.ts';
import type { FailureCode } from '../failures.ts';
import type {
  AddressKey,
  DirectAddress,
  MilestoneId,
  PatientKey,
  RequestId,
  Sha256,
} from '../ids.ts';

/** Something about a request that its data holder is told. It is kept by the transaction that makes it true. */
export interface Milestone {
  readonly id: MilestoneId;
  readonly kind: MilestoneKind;
  readonly requestId: RequestId;
  readonly patientKey: PatientKey;
  readonly clientReference?: string;
  /** The address that it is about; absent: the whole request. */
  readonly addressKey?: AddressKey;
  /** Whom it is about: that address, or all that were asked for and not stopped. Absent in what was kept before it was. */
  readonly addressees?: readonly DirectAddress[];
  /** Who did it; absent: nobody did, it followed from something else. */
  readonly by?: Actor;
  /** Present when something was asked for by it: the hash of the directive, which is the evidence of that. */
  readonly directiveSha256?: Sha256;
  /** Why. */
  readonly code?: FailureCode;
  /** Of a request that nobody asked for: the subject of the client that asserted that it may be sent. */
  readonly attestedBy?: string;
  /** ISO 8601 UTC. */
  readonly at: string;
}

export type MilestoneKind =
  | 'record.needed'
  | 'transmit-request.created'
  | 'transmit-request.changed'
  | 'transmit-request.address-added'
  | 'transmit-request.paused'
  | 'transmit-request.resumed'
  | 'transmit-request.review-due'
  | 'transmit-request.revoked';
