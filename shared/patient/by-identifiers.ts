import { fail, done, type Outcome } from '../outcome.ts';
import type { Identifier, Patient } from './patient.ts';
import type { PatientStore } from './store.ts';

/**
 * The patient whom several identifiers name, of which some may be of registers that nobody here knows.
 *
 * @param identifiers few: each is looked up
 * @failure patient/unknown (none is registered), patient/ambiguous (they name two patients, or one of them does)
 */
export const byIdentifiers = async (
  identifiers: readonly Identifier[],
  patients: Pick<PatientStore, 'byIdentifier'>,
): Promise<Outcome<Patient>> =>
  onePatient(await Promise.all(identifiers.map((each) => patients.byIdentifier(each))));

/**
 * The one patient who was found by any of several names.
 *
 * @param asked what came of each name
 * @failure patient/unknown (none was found), patient/ambiguous (two were, or one name is that of two)
 */
export function onePatient(asked: readonly Outcome<Patient>[]): Outcome<Patient> {
  const found = new Map(asked.flatMap((each) => (each.ok ? [[each.value.key, each.value]] : [])));
  const isAmbiguous = asked.some((each) => !each.ok && each.failure.code === 'patient/ambiguous');
  if (isAmbiguous || found.size > 1) return fail('patient/ambiguous');
  const [patient] = found.values();
  return patient === undefined ? fail('patient/unknown') : done(patient);
}
