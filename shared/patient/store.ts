import type { PatientId } from '../ids.ts';
import type { Outcome } from '../outcome.ts';
import type { Merge, Merging } from './merge.ts';
import type { Identifier, Patient } from './patient.ts';

export interface PatientStore {
  /**
   * Registers the patient, or replaces what was registered; identifiers no longer named are released.
   * @failure patient/merged
   */
  register(patient: Patient): Promise<Outcome<'registered' | 'changed' | 'unchanged'>>;
  /**
   * Merges a registration into another, in one transaction: its identifiers are the survivor's, and it says so.
   * @failure patient/unknown, and the codes of `mergeOf`
   */
  merge(merging: Merging): Promise<Outcome<Merge['change']>>;
  /** Also one that was merged into another. @failure patient/unknown */
  get(id: PatientId): Promise<Outcome<Patient>>;
  /** @failure patient/unknown, patient/ambiguous (two patients hold it) */
  byIdentifier(identifier: Identifier): Promise<Outcome<Patient>>;
}
