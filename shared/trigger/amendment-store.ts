import type { Actor } from '../consent/consent.ts';
import type { PatientKey, RequestId } from '../ids.ts';
import type { Outcome } from '../outcome.ts';
import type { TransmitRequest } from '../transmit-request/transmit-request.ts';
import type { Trigger } from './trigger.ts';

/** What a change of a request is decided to be, or that it goes on. */
export interface DecidedAmendment {
  /** The request itself when nothing changes: then nothing is written. */
  readonly request: TransmitRequest;
  /** Whoever changes it. */
  readonly by: Actor;
  /** It rests on the patient's answers: the same transaction checks that there is no newer one. */
  readonly restsOnConsent: boolean;
  /** The reason to send that comes with it, due at once and again until it has joined. */
  readonly trigger?: { readonly trigger: Trigger; readonly dueAt: Date };
}

/** Where requests are changed together with the reason to send that a change brings: one is never there without the other. */
export interface AmendmentStore {
  /**
   * Changes a request now: reads it, decides, keeps it with version + 1 if nobody was faster, else decides again.
   *
   * @param consentVersion of the patient's answers on which is decided
   * @failure transmit-request/unknown, and what `decide` refuses
   */
  amend(
    patient: PatientKey,
    id: RequestId,
    now: Date,
    consentVersion: number,
    decide: (current: TransmitRequest) => Outcome<DecidedAmendment>,
  ): Promise<Outcome<TransmitRequest> | 'consents-changed'>;
}
