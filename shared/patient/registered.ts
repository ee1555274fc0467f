import { parsePatientId } from '../ids.ts';
import type { Outcome } from '../outcome.ts';
import type { Patient } from './patient.ts';
import type { PatientStore } from './store.ts';

/**
 * The patient that an id from outside names.
 *
 * @failure patient/bad-id, patient/unknown
 */
export async function registered(
  text: string | undefined,
  patients: PatientStore,
): Promise<Outcome<Patient>> {
  const id = parsePatientId(text ?? '');
  return id.ok ? patients.get(id.value) : id;
}
