import type { PatientKey, RequestId } from '../ids.ts';
import type { Outcome } from '../outcome.ts';
import type { TransmitRequest } from './transmit-request.ts';

export interface TransmitRequestStore {
  /**
   * Keeps a new request; the same id again changes nothing and answers what is kept.
   * @failure edge/key-reused (same id, another directive)
   */
  create(request: TransmitRequest): Promise<Outcome<TransmitRequest>>;
  /** @failure transmit-request/unknown */
  get(patient: PatientKey, id: RequestId): Promise<Outcome<TransmitRequest>>;
  /** Newest first, revoked ones included. */
  list(patient: PatientKey): Promise<readonly TransmitRequest[]>;
  /**
   * Changes a request: reads it, decides, keeps it with version + 1 if nobody was faster, else decides again.
   * `decide` may return the request itself: then nothing is written.
   * @failure transmit-request/unknown, and what `decide` refuses
   */
  change(
    patient: PatientKey,
    id: RequestId,
    decide: (current: TransmitRequest) => Outcome<TransmitRequest>,
  ): Promise<Outcome<TransmitRequest>>;
}
