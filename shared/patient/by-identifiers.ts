import { done, fail, type Outcome } from '../outcome.ts';
import type { Identifier, Patient } from './patient.ts';
import type { PatientStore } from './store.ts';

/**
 * The patient whom several identifiers name, of which some may be of registers that nobody here knows.
 *
 * @param identifiers few: each is looked up
 * @failure patient/unknown (none is registered), patient/ambiguous (they name two patients, or one of them does)
 */
export async function byIdentifiers(
  identifiers: readonly Identifier[],
  patients: Pick<PatientStore, 'byIdentifier'>,
): Promise<Outcome<Patient>> {
  let named: Patient | undefined;
  for (const identifier of identifiers) {
    const found = await patients.byIdentifier(identifier);
    if (!found.ok && found.failure.code === 'patient/unknown') continue;
    if (!found.ok) return found;
    if (named !== undefined && named.id !== found.value.id) return fail('patient/ambiguous');
    named = found.value;
  }
  return named === undefined ? fail('patient/unknown') : done(named);
}
