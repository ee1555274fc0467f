import type { RecordDocument } from '../../record/record.ts';
import {
  confidentialityCode,
  configuredFacilityType,
  documentType,
  languageOf,
  practiceSettingOf,
} from '../derive/codes.ts';
import { MIME_TYPE_SUFFICIENT } from '../derive/format-code.ts';
import { patientIdOf } from '../derive/identifiers.ts';
import { patientInfoOf } from '../derive/patient-info.ts';
import { dtmOfIso } from '../derive/times.ts';
import type { DescribeContext } from './describe.ts';
import type { DocumentDescription } from './description.ts';

/**
 * What the data holder said of a file that is no CDA document, and neutral words where they said nothing. Who wrote it
 * is not known, only who answers for it: the sender. A type is named only when it was said; a file that is called a
 * summary and is none would be filed wrongly, and one without a type may go (R2 in XDM).
 */
export function describePlainFile(
  { labels = {}, sensitivity, receivedAt }: RecordDocument,
  { patient, sender, fallbacks }: DescribeContext,
): DocumentDescription {
  const type = labels.type && documentType(labels.type.code, labels.type.display);
  const created = labels.createdAt ?? receivedAt;
  const institution = { name: sender.name, id: { oid: sender.organizationOid } };
  return {
    ownId: undefined,
    title: labels.title ?? type?.display ?? 'Document',
    typeCode: type,
    classCode: type,
    formatCode: MIME_TYPE_SUFFICIENT,
    confidentiality: confidentialityCode(sensitivity?.confidentiality ?? 'N'),
    language: languageOf(labels),
    creationTime: dtmOfIso(created),
    createdOn: created.slice(0, 'YYYY-MM-DD'.length),
    from: sender.name,
    authors: [{ person: undefined, institution, specialty: undefined, emails: [] }],
    legalAuthenticator: undefined,
    service: { start: undefined, stop: undefined },
    sourcePatientId: patientIdOf(undefined, undefined, patient, fallbacks),
    patientInfo: patientInfoOf(undefined, patient),
    facilityType: configuredFacilityType(fallbacks),
    practiceSetting: practiceSettingOf(fallbacks),
  };
}
