import type { Patient } from '../../patient/patient.ts';
import type { Settings } from '../../settings.ts';
import {
  confidentialityOf,
  facilityTypeOf,
  languageOf,
  practiceSettingOf,
  typeCodeOf,
} from '../derive/codes.ts';
import { formatCodeOf } from '../derive/format-code.ts';
import { patientIdOf } from '../derive/identifiers.ts';
import { patientInfoOf } from '../derive/patient-info.ts';
import { authorOf, isSaid, personOf } from '../derive/people.ts';
import { dtmOf } from '../derive/times.ts';
import type { PackagedDocument } from '../documents.ts';
import {
  authorClassification,
  codeClassification,
  externalIdentifier,
  nameElement,
  slot,
} from './ebrim.ts';
import { cx, type Assigned } from './hl7v2.ts';

export interface DocumentContext {
  readonly patient: Patient;
  /** The one patient id of the whole submission set. */
  readonly patientId: Assigned | undefined;
  readonly fallbacks: Settings['fallbacks'];
}

/** Classification schemes of a DocumentEntry, `urn:uuid:` each. */
const AUTHOR = '93606bcf-9494-43ec-9b4e-a7748d1a838d';
const CLASS_CODE = '41a5887f-8865-4c09-adf7-e362475b143a';
const CONFIDENTIALITY_CODE = 'f4f85eac-e6cb-4883-b524-f2705394840f';
const FORMAT_CODE = 'a09d5840-386c-46f2-b5ad-9c3699a4309d';
const FACILITY_TYPE = 'f33fb8ac-18af-42cc-ae0e-ed0b0bdb91e1';
const PRACTICE_SETTING = 'cccf5598-8b07-4b77-a05e-ae952c785ead';
const TYPE_CODE = 'f0306f51-975f-434e-a61c-c59651d33983';
/** Identification schemes. */
const PATIENT_ID = '58a6f841-87b3-4a3e-92fd-a8ffeff98427';
const UNIQUE_ID = '2e82c1f6-a085-4c72-9da3-8640a32e42ab';
/** A document that does not change, as against one that is made on demand. */
const STABLE = 'urn:uuid:7edca82f-054d-47f2-a032-9b2a5b5186c1';

/** A DocumentEntry: everything that the header of the document says, and what the zip knows of its bytes. */
export const documentEntry = (
  id: string,
  document: PackagedDocument,
  context: DocumentContext,
): string =>
  [
    `<ExtrinsicObject id="${id}" objectType="${STABLE}" mimeType="text/xml" isOpaque="false"` +
      ' status="urn:oasis:names:tc:ebxml-regrep:StatusType:Approved">\n',
    slots(document, context),
    nameElement(titleOf(document)),
    classifications(id, document, context),
    externalIdentifier(
      id,
      'XDSDocumentEntry.patientId',
      PATIENT_ID,
      context.patientId && cx(context.patientId),
    ),
    externalIdentifier(id, 'XDSDocumentEntry.uniqueId', UNIQUE_ID, document.uniqueId),
    '</ExtrinsicObject>\n',
  ].join('');

/** From `title`, else the name of the type. */
export const titleOf = ({ header }: PackagedDocument): string =>
  header.title ?? typeCodeOf(header)?.display ?? 'Clinical document';

function slots(
  { header, target, sha1, bytes, fileName }: PackagedDocument,
  context: DocumentContext,
): string {
  const { custodian, serviceEvent, encounter, legalAuthenticator } = header;
  const sourceId = patientIdOf(target, custodian, context.patient);
  const service = serviceEvent ?? encounter;
  return [
    slot('creationTime', dtmOf(header.effectiveTime)),
    slot('hash', sha1),
    slot('languageCode', languageOf(header)),
    slot('legalAuthenticator', legalAuthenticator && personOf(legalAuthenticator)),
    slot('serviceStartTime', dtmOf(service?.low)),
    slot('serviceStopTime', dtmOf(service?.high)),
    slot('size', String(bytes.length)),
    slot('sourcePatientId', sourceId && cx(sourceId)),
    slot('sourcePatientInfo', ...patientInfoOf(target, context.patient, sourceId)),
    slot('URI', fileName),
  ].join('');
}

function classifications(
  id: string,
  { header }: PackagedDocument,
  { fallbacks }: DocumentContext,
): string {
  const type = typeCodeOf(header);
  const authors = header.authors.map((author) => authorOf(author, header.custodian)).filter(isSaid);
  return [
    ...authors.map((author, index) =>
      authorClassification(id, `author${index + 1}`, AUTHOR, author),
    ),
    codeClassification(id, 'classCode', CLASS_CODE, type),
    codeClassification(id, 'confidentialityCode', CONFIDENTIALITY_CODE, confidentialityOf(header)),
    codeClassification(id, 'formatCode', FORMAT_CODE, formatCodeOf(header)),
    codeClassification(id, 'facilityType', FACILITY_TYPE, facilityTypeOf(header, fallbacks)),
    codeClassification(id, 'practiceSetting', PRACTICE_SETTING, practiceSettingOf(fallbacks)),
    codeClassification(id, 'typeCode', TYPE_CODE, type),
  ].join('');
}
