import { parsePatientId } from '../ids.ts';
import { done, fail, type Outcome } from '../outcome.ts';
import type { Patient } from './patient.ts';
import type { PatientStore } from './store.ts';

/**
 * The patient that an id from outside names.
 *
 * @failure patient/bad-id, patient/unknown, patient/merged
 */
export async function registered(
  text: string | undefined,
  patients: Pick<PatientStore, 'get'>,
): Promise<Outcome<Patient>> {
  const patient = await named(text, patients);
  return patient.ok && patient.value.mergedInto !== undefined ? fail('patient/merged') : patient;
}

/** More registrations of one person, one after the other, are a mistake of somebody's. */
const MOST_MERGES = 20;

/**
 * The same, where an id that was given up still means the person: systems go on reporting under it for a while.
 *
 * @failure patient/bad-id, patient/unknown, patient/merged (too often to be followed)
 */
export async function registeredNow(
  text: string,
  patients: Pick<PatientStore, 'get'>,
): Promise<Outcome<Patient>> {
  let id = text;
  for (let merges = 0; merges <= MOST_MERGES; merges += 1) {
    const patient = await named(id, patients);
    if (!patient.ok) return patient;
    if (patient.value.mergedInto === undefined) return done(patient.value);
    id = patient.value.mergedInto;
  }
  return fail('patient/merged');
}

async function named(
  text: string | undefined,
  patients: Pick<PatientStore, 'get'>,
): Promise<Outcome<Patient>> {
  const id = parsePatientId(text ?? '');
  return id.ok ? patients.get(id.value) : id;
}
