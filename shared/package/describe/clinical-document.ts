import type { DocumentHeader } from '../../record/header.ts';
import { confidentialityOf } from '../../record/sensitivity.ts';
import {
  confidentialityCode,
  facilityTypeOf,
  languageOf,
  practiceSettingOf,
  typeCodeOf,
} from '../derive/codes.ts';
import { formatCodeOf } from '../derive/format-code.ts';
import { ownIdOf, patientIdOf } from '../derive/identifiers.ts';
import { patientInfoOf, targetOf } from '../derive/patient-info.ts';
import { authorOf, personOf } from '../derive/people.ts';
import { dtmOf, readableDateOf } from '../derive/times.ts';
import type { DescribeContext } from './describe.ts';
import type { DocumentDescription } from './description.ts';

/** What the header of a CDA document says, rule by rule, and what the patient's registration and the settings add. */
export function describeClinicalDocument(
  header: DocumentHeader,
  { patient, fallbacks }: DescribeContext,
): DocumentDescription {
  const { custodian, legalAuthenticator } = header;
  const target = targetOf(header, patient);
  const type = typeCodeOf(header);
  const service = header.serviceEvent ?? header.encounter;
  return {
    ownId: ownIdOf(header),
    title: header.title ?? type?.display ?? 'Clinical document',
    typeCode: type,
    classCode: type,
    formatCode: formatCodeOf(header),
    confidentiality: confidentialityCode(confidentialityOf(header)),
    language: languageOf(header),
    creationTime: dtmOf(header.effectiveTime),
    createdOn: readableDateOf(header.effectiveTime),
    from: header.authors[0]?.organization?.name ?? custodian?.name,
    authors: header.authors.map((author) => authorOf(author, custodian)),
    legalAuthenticator: legalAuthenticator && personOf(legalAuthenticator),
    service: { start: dtmOf(service?.low), stop: dtmOf(service?.high) },
    sourcePatientId: patientIdOf(target, custodian, patient, fallbacks),
    patientInfo: patientInfoOf(target, patient),
    facilityType: facilityTypeOf(header, fallbacks),
    practiceSetting: practiceSettingOf(fallbacks),
  };
}
