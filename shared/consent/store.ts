import type { ConsentId, PatientKey } from '../ids.ts';
import type { Outcome } from '../outcome.ts';
import type { Consent } from './consent.ts';

export interface ConsentStore {
  /**
   * Keeps the answer; the same id again changes nothing.
   * @failure edge/key-reused (same id, another answer or another text)
   */
  add(consent: Consent): Promise<Outcome<Consent>>;
  /** @failure consent/unknown */
  get(patient: PatientKey, id: ConsentId): Promise<Outcome<Consent>>;
  /** Newest first. */
  list(patient: PatientKey): Promise<readonly Consent[]>;
}
