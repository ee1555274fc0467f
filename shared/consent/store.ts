import type { ConsentId, PatientKey } from '../ids.ts';
import type { Outcome } from '../outcome.ts';
import type { Consent } from './consent.ts';

export interface ConsentStore {
  /** Keeps the answer, unless one is kept under its id. Answers what is kept: whether that says the same, ask `sameAnswer`. */
  add(consent: Consent): Promise<Consent>;
  /** @failure consent/unknown */
  get(patient: PatientKey, id: ConsentId): Promise<Outcome<Consent>>;
  /** Newest first. */
  list(patient: PatientKey): Promise<readonly Consent[]>;
  /** The same with the version that a decision on them hangs on. Strongly consistent. */
  standing(patient: PatientKey): Promise<Standing>;
}

export interface Standing {
  /** Newest first; at least all that the version counts. */
  readonly consents: readonly Consent[];
  /** Counts up with every answer that is kept; zero before the first. */
  readonly version: number;
}
