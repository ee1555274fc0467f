import type { Deed, DeedKind } from '../deed.ts';
import type { Actor } from '../consent/consent.ts';
import type { FailureCode } from '../failures.ts';
import type {
  DirectAddress,
  PatientKey,
  ReportId,
  RequestId,
  Sha256,
  TransmissionId,
} from '../ids.ts';
import type { MilestoneKind } from '../transmit-request/milestone.ts';

/** What the data holder is told of: each fact of a transmission that is news, and each milestone of a request. */
export const REPORT_TYPES = [
  'transmission.requested',
  'transmission.deferred',
  'transmission.sent',
  'transmission.uncertain',
  'transmission.processed',
  'transmission.dispatched',
  'transmission.delivered',
  'transmission.failed',
  'transmission.stopped',
  'transmission.late-notice',
  'record.needed',
  'transmit-request.created',
  'transmit-request.changed',
  'transmit-request.address-added',
  'transmit-request.paused',
  'transmit-request.resumed',
  'transmit-request.review-due',
  'transmit-request.revoked',
] as const satisfies readonly (`transmission.${string}` | MilestoneKind)[];

export type ReportType = (typeof REPORT_TYPES)[number];

/** One thing that is told, in the same words to everybody: ids, codes and times, nothing of the patient. */
export interface Report {
  /** Of the fact or milestone: told again, it is the same report. */
  readonly id: ReportId;
  readonly type: ReportType;
  /** When it happened. ISO 8601 UTC. */
  readonly at: string;
  readonly requestId: RequestId;
  readonly transmissionId?: TransmissionId;
  readonly clientReference?: string;
  readonly code?: FailureCode;
  /** It is about the message without health data that goes before the first copy to an address. */
  readonly isProbe?: true;
  /** Orders the reports about one transmission; they may arrive in another order. */
  readonly sequence?: number;
}

/** What the audit keeps beside a report, and nobody else is told. */
export interface Audited {
  readonly report: Report;
  readonly patientKey: PatientKey;
  /** Present with reports about a transmission: to whom the copy goes. */
  readonly address?: string;
  /** Present with reports about a request: whom it is about. */
  readonly addressees?: readonly DirectAddress[];
  /** Of them: it is about one address, and not about the request as a whole. */
  readonly isOfOneAddress?: true;
  /** Who did it; absent: nobody, it followed from something else. */
  readonly by?: Actor;
  /** Present when something was asked for: the hash of the directive that says what. */
  readonly directiveSha256?: Sha256;
  /** The patient did not ask for it: the subject of the client that asserted that it may be sent. */
  readonly attestedBy?: string;
}

/** What an operator or the clock did: it concerns the audit and nobody else. */
export interface AuditedDeed {
  readonly report: { readonly id: ReportId; readonly type: DeedKind; readonly at: string };
  readonly deed: Omit<Deed, 'id' | 'kind' | 'at'>;
}

export type Auditable = Audited | AuditedDeed;

/** Whether others than the audit are told of it. */
export const isForOthers = (news: Auditable): news is Audited => !('deed' in news);
