import type { Patient } from '../../patient/patient.ts';
import { belongsTo } from '../../record/belongs.ts';
import type { DocumentHeader, PersonName, RecordTarget } from '../../record/header.ts';
import { oneLine } from '../../characters.ts';
import { cx, pid11, pid5, type Assigned } from '../metadata/hl7v2.ts';
import { localDateOf } from './times.ts';

/** The recordTarget that is about this patient: a document may be about two, as a mother and her child. */
export const targetOf = (header: DocumentHeader, patient: Patient): RecordTarget | undefined =>
  header.patients.find((target) => belongsTo({ ...header, patients: [target] }, patient).ok) ??
  header.patients[0];

const GENDERS = new Map([
  ['F', 'F'],
  ['M', 'M'],
  ['UN', 'U'],
]);
const SEXES = { female: 'F', male: 'M', other: 'O', unknown: 'U' } as const;

/**
 * The values of sourcePatientInfo: what the document says of the patient, and where it says nothing usable,
 * what the data holder registered.
 */
export function patientInfoOf(
  target: RecordTarget | undefined,
  patient: Patient,
  patientId: Assigned | undefined,
): readonly string[] {
  const identifier = patientId && cx(patientId);
  const born = localDateOf(target?.birthTime) ?? patient.birthDate.replaceAll('-', '');
  const values = [
    identifier && `PID-3|${identifier}`,
    pid5(nameOf(target, patient)),
    `PID-7|${born}`,
    `PID-8|${GENDERS.get(target?.gender ?? '') ?? SEXES[patient.sex]}`,
    target?.address && pid11(target.address),
  ];
  return values.filter((value) => value !== undefined);
}

function nameOf(target: RecordTarget | undefined, patient: Patient): PersonName {
  const named = target?.names.find(({ family }) => family !== undefined);
  return named ?? registeredName(patient);
}

export const registeredName = ({ name: { family, given } }: Patient): PersonName => ({
  family: oneLine(family, 128),
  given: given.map((each) => oneLine(each, 128)),
  prefix: undefined,
  suffix: undefined,
});
