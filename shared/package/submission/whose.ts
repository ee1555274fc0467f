import { done, fail, type Outcome } from '../../outcome.ts';
import { normalIdentifiers } from '../../patient/identifier.ts';
import type { Identifier, Patient } from '../../patient/patient.ts';
import type { PatientStore } from '../../patient/store.ts';
import { belongsOnlyTo } from '../../record/belongs.ts';
import type { XdrSubmission } from '../xdr/xdr.ts';
import type { CheckedPart } from './checked-parts.ts';
import { identifierOfCx } from './cx.ts';

/** Each is looked up. */
const MAX_IDENTIFIERS = 50;

/**
 * The one patient that a submission is about. Every id that the metadata names must lead there, and every document must be
 * about that patient and nobody else; where the metadata names none, the documents say who it is.
 *
 * @failure patient/unknown, patient/ambiguous, record/patient-mismatch, record/too-complex, package/bad-metadata
 */
export async function whoseSubmission(
  submission: XdrSubmission,
  parts: readonly CheckedPart[],
  patients: Pick<PatientStore, 'byIdentifier'>,
): Promise<Outcome<Patient>> {
  const named = identifiersSaid(submission);
  if (named.includes(undefined)) return fail('package/bad-metadata', 'a patient id');
  const said = normalIdentifiers(named.filter((each) => each !== undefined));
  const patient =
    said.length > 0
      ? await oneOf(said, 'all', patients)
      : await oneOf(idsIn(parts), 'known', patients);
  if (!patient.ok) return patient;
  for (const { checked } of parts) {
    const belongs = await belongsOnlyTo(checked, patient.value, patients);
    if (!belongs.ok) return belongs;
  }
  return patient;
}

/** Undefined in place of what is no CX. */
const identifiersSaid = ({ set, documents }: XdrSubmission): readonly (Identifier | undefined)[] =>
  [
    set.patientId,
    ...documents.flatMap(({ described }) => [described.patientId, described.sourcePatientId]),
  ]
    .filter((each) => each !== undefined)
    .map(identifierOfCx);

const idsIn = (parts: readonly CheckedPart[]): readonly Identifier[] =>
  normalIdentifiers(parts.flatMap(({ checked }) => checked.identifiers ?? []));

/** @param which of the identifiers must be registered: a document may have numbers that nobody here knows */
async function oneOf(
  identifiers: readonly Identifier[],
  which: 'all' | 'known',
  patients: Pick<PatientStore, 'byIdentifier'>,
): Promise<Outcome<Patient>> {
  if (identifiers.length > MAX_IDENTIFIERS) return fail('record/too-complex');
  const found = await Promise.all(identifiers.map((each) => patients.byIdentifier(each)));
  const refused = found
    .filter((each) => !each.ok)
    .find(({ failure }) => which === 'all' || failure.code !== 'patient/unknown');
  if (refused) return refused;
  const [first, ...more] = found.flatMap((each) => (each.ok ? [each.value] : []));
  if (!first) return fail('patient/unknown');
  return more.every(({ key }) => key === first.key) ? done(first) : fail('record/patient-mismatch');
}
