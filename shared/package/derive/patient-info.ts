import type { Patient } from '../../patient/patient.ts';
import { belongsTo, identifiersIn } from '../../record/belongs.ts';
import type {
  DocumentHeader,
  PersonName,
  PostalAddress,
  RecordTarget,
} from '../../record/header.ts';
import { oneLine } from '../../characters.ts';
import { localDateOf } from './times.ts';

export interface PatientInfo {
  readonly name: PersonName;
  /** YYYYMMDD, or less where less is known. */
  readonly birthDate: string;
  readonly sex: 'F' | 'M' | 'O' | 'U';
  readonly address: PostalAddress | undefined;
}

/** The recordTarget that is about this patient: a document may be about two, as a mother and her child. */
export const targetOf = (header: DocumentHeader, patient: Patient): RecordTarget | undefined =>
  header.patients.find((target) => belongsTo(identifiersIn({ patients: [target] }), patient).ok) ??
  header.patients[0];

const GENDERS = new Map<string, PatientInfo['sex']>([
  ['F', 'F'],
  ['M', 'M'],
  ['UN', 'U'],
]);
const SEXES = { female: 'F', male: 'M', other: 'O', unknown: 'U' } as const;

/** What the document says of the patient, and where it says nothing usable, what the data holder registered. */
export const patientInfoOf = (target: RecordTarget | undefined, patient: Patient): PatientInfo => ({
  name: nameOf(target, patient),
  birthDate: localDateOf(target?.birthTime) ?? patient.birthDate.replaceAll('-', ''),
  sex: GENDERS.get(target?.gender ?? '') ?? SEXES[patient.sex],
  address: target?.address,
});

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
