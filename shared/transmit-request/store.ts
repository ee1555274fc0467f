import type { Actor } from '../consent/consent.ts';
import type { PatientKey, RequestId } from '../ids.ts';
import type { Outcome } from '../outcome.ts';
import type { TransmitRequest } from './transmit-request.ts';

/** Whatever is kept stands in the index of what is due by `dueOfRequest`, and brings its milestones with it. */
export interface TransmitRequestStore {
  /**
   * Keeps the request, unless one is kept under its id. Answers what is kept: whether that asks the same, ask
   * `sameDirective`. The same transaction checks that the patient's answers still have the version on which it was
   * decided that this request may be made.
   *
   * @param hasRoom gets all that the patient has; of many that are made at once, each is asked with those before it
   */
  create(
    request: TransmitRequest,
    consentVersion: number,
    hasRoom?: (kept: readonly TransmitRequest[]) => boolean,
  ): Promise<TransmitRequest | 'consents-changed' | 'no-room'>;
  /** @failure transmit-request/unknown */
  get(patient: PatientKey, id: RequestId): Promise<Outcome<TransmitRequest>>;
  /** Newest first, revoked ones included. */
  list(patient: PatientKey): Promise<readonly TransmitRequest[]>;
  /** The same with the version that a decision on them hangs on. Strongly consistent. */
  standing(patient: PatientKey): Promise<StandingRequests>;
  /**
   * Changes a request now: reads it, decides, keeps it with version + 1 if nobody was faster, else decides again.
   * `decide` may return the request itself: then nothing is written.
   * @param by whoever changes it; absent: nobody, it follows from something else
   * @failure transmit-request/unknown, and what `decide` refuses
   */
  change(
    patient: PatientKey,
    id: RequestId,
    now: Date,
    decide: (current: TransmitRequest) => Outcome<TransmitRequest>,
    by?: Actor,
  ): Promise<Outcome<TransmitRequest>>;
}

export interface StandingRequests {
  /** Newest first; at least all that the version counts. */
  readonly requests: readonly TransmitRequest[];
  /** Counts up with every request that is made, and when an address is added or something revoked; zero before the first. */
  readonly version: number;
}
