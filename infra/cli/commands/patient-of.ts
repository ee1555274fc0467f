import type { PatientId, PatientKey } from '../../../shared/ids.ts';
import type { Patient } from '../../../shared/patient/patient.ts';
import { identifiersIn } from '../../../shared/record/belongs.ts';
import type { DocumentHeader } from '../../../shared/record/header.ts';

const SEXES: Readonly<Record<string, Patient['sex']>> = { F: 'female', M: 'male', UN: 'other' };

/** The patient as a document knows them, as if registered with exactly the identifiers of its recordTarget. */
export function patientOf(header: DocumentHeader): Patient {
  const [target] = header.patients;
  const [name] = target?.names ?? [];
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})/.exec(target?.birthTime ?? '') ?? [];
  return {
    id: 'from-the-document' as PatientId,
    key: 'pat_from-the-document' as PatientKey,
    identifiers: identifiersIn(header),
    name: { family: name?.family ?? 'Unknown', given: name?.given ?? [] },
    birthDate: `${year ?? '1900'}-${month ?? '01'}-${day ?? '01'}`,
    sex: SEXES[target?.gender ?? ''] ?? 'unknown',
    language: header.language ?? 'en',
  };
}
