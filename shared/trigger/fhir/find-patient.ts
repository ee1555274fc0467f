import type { Outcome } from '../../outcome.ts';
import { onePatient } from '../../patient/by-identifiers.ts';
import type { Patient } from '../../patient/patient.ts';
import { registeredNow } from '../../patient/registered.ts';
import type { PatientStore } from '../../patient/store.ts';
import type { PatientNames } from './patient-names.ts';

/**
 * The one patient who is registered under any of the names.
 *
 * @failure patient/unknown, patient/ambiguous (an identifier that two hold, or names of two patients)
 */
export async function findPatient(
  { ids, identifiers }: PatientNames,
  patients: PatientStore,
): Promise<Outcome<Patient>> {
  const asked = await Promise.all([
    ...ids.map((id) => registeredNow(id, patients)),
    ...identifiers.map((identifier) => patients.byIdentifier(identifier)),
  ]);
  return onePatient(asked);
}
