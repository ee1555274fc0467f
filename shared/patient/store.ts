import type { PatientId } from '../ids.ts';
import type { Outcome } from '../outcome.ts';
import type { Identifier, Patient } from './patient.ts';

export interface PatientStore {
  /** Registers the patient, or replaces what was registered; identifiers no longer named are released. */
  register(patient: Patient): Promise<'registered' | 'changed' | 'unchanged'>;
  /** @failure patient/unknown */
  get(id: PatientId): Promise<Outcome<Patient>>;
  /** @failure patient/unknown, patient/ambiguous (two patients hold it) */
  byIdentifier(identifier: Identifier): Promise<Outcome<Patient>>;
}
