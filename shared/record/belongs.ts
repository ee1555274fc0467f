import { done, fail, type Outcome } from '../outcome.ts';
import { COMPLETE, identifierText, normalIdentifiers } from '../patient/identifier.ts';
import type { Identifier, Patient } from '../patient/patient.ts';
import type { PatientStore } from '../patient/store.ts';
import type { DocumentHeader } from './header.ts';

/**
 * The patient's identifiers as a document names them, each as a patient may be registered with it.
 * A root without an extension is an identifier in itself.
 */
export const identifiersIn = ({
  patients,
}: Pick<DocumentHeader, 'patients'>): readonly Identifier[] =>
  patients
    .flatMap(({ ids }) => ids)
    .map(({ root, extension }) =>
      extension === undefined
        ? { system: COMPLETE, value: root }
        : { system: root, value: extension },
    );

/**
 * Whether a document that names these identifiers is about this patient: one of them is registered.
 * A name that agrees is no proof.
 *
 * @returns the identifiers that say so
 * @failure record/patient-mismatch
 */
export function belongsTo(
  identifiers: readonly Identifier[],
  patient: Patient,
): Outcome<readonly Identifier[]> {
  const registered = new Set(patient.identifiers.map(identifierText));
  const shared = identifiers.filter((each) => registered.has(identifierText(each)));
  return shared.length > 0 ? done(normalIdentifiers(shared)) : fail('record/patient-mismatch');
}

/**
 * Whether the document is about this patient and, by the same identifiers, about nobody else. One that two patients
 * hold is a registration gone wrong, and nobody can tell which of the two is the wrong one: so the document is refused
 * even when another of its identifiers is this patient's alone.
 *
 * @param identifiers none at all of a file that names nobody: whose it is, is the data holder's word
 * @failure record/patient-mismatch, patient/ambiguous
 */
export async function belongsOnlyTo(
  identifiers: readonly Identifier[] | undefined,
  patient: Patient,
  patients: Pick<PatientStore, 'byIdentifier'>,
): Promise<Outcome<void>> {
  if (identifiers === undefined) return done(undefined);
  const shared = belongsTo(identifiers, patient);
  if (!shared.ok) return shared;
  const holders = await Promise.all(shared.value.map((each) => patients.byIdentifier(each)));
  const codes = holders.map((holder) => (holder.ok ? undefined : holder.failure.code));
  if (codes.includes('patient/ambiguous')) return fail('patient/ambiguous');
  // Released or taken over since the patient was read: then it proves nothing any more.
  const isHeld = holders.some((holder) => holder.ok && holder.value.key === patient.key);
  const isOthers = holders.some((holder) => holder.ok && holder.value.key !== patient.key);
  return isHeld && !isOthers ? done(undefined) : fail('record/patient-mismatch');
}
