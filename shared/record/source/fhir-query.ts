import { normalIdentifier } from '../../patient/identifier.ts';
import type { Patient } from '../../patient/patient.ts';
import type { FhirSourceSettings } from '../../settings-record-source.ts';

const LOINC = 'http://loinc.org';
const PAGE = '50';

/**
 * The search parameter by which a server knows the patient; undefined when he has no such identifier.
 *
 * @see FHIR R4, 3.1.1.4.1: in a value `,`, `|`, `$` and `\` are escaped
 */
export function identifierParameter(
  { identifiers }: Patient,
  { patientSystem }: Pick<FhirSourceSettings, 'patientSystem'>,
): string | undefined {
  const { system } = normalIdentifier({ system: patientSystem, value: 'any' });
  const tokens = identifiers
    .filter((each) => normalIdentifier(each).system === system)
    .map(({ value }) => `${escaped(patientSystem)}|${escaped(value)}`);
  return tokens.length > 0 ? tokens.join(',') : undefined;
}

const escaped = (text: string): string => text.replaceAll(/[\\,|$]/g, (mark) => `\\${mark}`);

/** Current documents of the patient, the newest first. */
export const searchUrl = ({ url, documentType }: FhirSourceSettings, identifier: string): string =>
  withQuery(`${url}/DocumentReference`, {
    'patient.identifier': identifier,
    type: `${LOINC}|${documentType}`,
    status: 'current',
    _sort: '-date',
    _count: PAGE,
  });

export const patientUrl = ({ url }: FhirSourceSettings, identifier: string): string =>
  withQuery(`${url}/Patient`, { identifier, _elements: 'id', _count: '2' });

/** @see US Core 6.1, operation docref */
export const docrefUrl = ({ url, documentType }: FhirSourceSettings, patientId: string): string =>
  withQuery(`${url}/DocumentReference/$docref`, {
    patient: patientId,
    type: `${LOINC}|${documentType}`,
  });

const withQuery = (url: string, query: Readonly<Record<string, string>>): string =>
  `${url}?${new URLSearchParams(query).toString()}`;
