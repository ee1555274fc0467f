import { identifiersIn } from '../../../shared/record/belongs.ts';
import type { DocumentHeader } from '../../../shared/record/header.ts';
import type { SamplePatient } from './record.ts';

/** HL7 AdministrativeGender; UN is "undifferentiated", not "unknown". */
const SEXES: Readonly<Record<string, SamplePatient['sex']>> = {
  F: 'female',
  M: 'male',
  UN: 'other',
};

const LANGUAGE = /^[a-z]{2,3}(-[A-Z]{2})?$/;

/** The patient as a document knows them, as if registered with exactly the identifiers of its recordTarget. */
export function patientOfDocument(
  header: Pick<DocumentHeader, 'patients' | 'language'>,
): SamplePatient {
  const [target] = header.patients;
  const [name] = target?.names ?? [];
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})/.exec(target?.birthTime ?? '') ?? [];
  return {
    id: 'from-the-document',
    identifiers: identifiersIn(header),
    name: { family: name?.family ?? 'Unknown', given: name?.given ?? [] },
    birthDate: `${year ?? '1900'}-${month ?? '01'}-${day ?? '01'}`,
    sex: SEXES[target?.gender ?? ''] ?? 'unknown',
    language: LANGUAGE.exec(header.language ?? '')?.[0] ?? 'en',
  };
}
