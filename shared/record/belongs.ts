import { done, fail, type Outcome } from '../outcome.ts';
import { COMPLETE, identifierText, normalIdentifiers } from '../patient/identifier.ts';
import type { Identifier, Patient } from '../patient/patient.ts';
import type { PatientStore } from '../patient/store.ts';
import type { DocumentType } from './document-type.ts';
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

/** Each is looked up. A person has a handful, and a mother's Bundle those of her children too. */
const MAX_IDENTIFIERS = 50;

/** Whom a document names, and as what it was read; no identifiers at all where it names nobody. */
export interface Naming {
  readonly mimeType: DocumentType;
  readonly identifiers: readonly Identifier[] | undefined;
}

/**
 * Whether the document is about this patient and, by the same identifiers, about nobody else. One that two patients
 * hold is a registration gone wrong, and nobody can tell which of the two is the wrong one: so the document is refused
 * even when another of its identifiers is this patient's alone. Of a FHIR file no identifier may be another patient's:
 * a Bundle that an export filled with two records would be sent whole. A CDA document is one record, though it may be
 * about two, as a mother and her child.
 *
 * @param document one that names nobody is whose the data holder says
 * @failure record/patient-mismatch, record/too-complex (names more than 50 in FHIR), patient/ambiguous
 */
export async function belongsOnlyTo(
  { mimeType, identifiers }: Naming,
  patient: Patient,
  patients: Pick<PatientStore, 'byIdentifier'>,
): Promise<Outcome<void>> {
  if (identifiers === undefined) return done(undefined);
  const shared = belongsTo(identifiers, patient);
  if (!shared.ok) return shared;
  const asked = mimeType === 'text/xml' ? shared.value : normalIdentifiers(identifiers);
  if (asked.length > MAX_IDENTIFIERS) return fail('record/too-complex');
  const holders = await Promise.all(asked.map((each) => patients.byIdentifier(each)));
  const codes = holders.map((holder) => (holder.ok ? undefined : holder.failure.code));
  if (codes.includes('patient/ambiguous')) return fail('patient/ambiguous');
  // Released or taken over since the patient was read: then it proves nothing any more.
  const isHeld = holders.some((holder) => holder.ok && holder.value.key === patient.key);
  const isOthers = holders.some((holder) => holder.ok && holder.value.key !== patient.key);
  return isHeld && !isOthers ? done(undefined) : fail('record/patient-mismatch');
}
