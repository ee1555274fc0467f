import { secretText } from '../../shared/adapters/secrets.ts';
import { keyingWith, parsePatientId, type PatientKey, patientKeyOf } from '../../shared/ids.ts';
import { CommandError, inWords } from './command.ts';

/** The option without which nobody can tell the key of a patient by the id. */
export const PEPPER_OPTIONS = { 'pepper-secret': { type: 'string' } } as const;

export const PATIENT_NOTE =
  'PATIENT: the key of the patient (pat_…); with --pepper-secret the id that the data holder uses.';

/** @throws CommandError when it is no key, and there is no pepper to make one with */
export async function patientKeyIn(
  patient: string,
  pepper: string | undefined,
): Promise<PatientKey> {
  if (pepper === undefined) {
    if (/^pat_[a-z2-7]{52}$/.test(patient)) return patient as PatientKey;
    throw new CommandError('A patient is named by a key (pat_…); an id needs --pepper-secret.');
  }
  const id = parsePatientId(patient);
  if (!id.ok) throw new CommandError(`The patient: ${inWords(id.failure)}`);
  return patientKeyOf(id.value, keyingWith(await secretText(pepper)));
}
