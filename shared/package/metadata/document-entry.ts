import type { DocumentMetadata } from './document-metadata.ts';
import {
  authorClassification,
  codeClassification,
  externalIdentifier,
  nameElement,
  slot,
} from './ebrim.ts';

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

/** A DocumentEntry. */
export const documentEntry = (id: string, said: DocumentMetadata): string =>
  [
    `<ExtrinsicObject id="${id}" objectType="${STABLE}" mimeType="${said.mimeType}" isOpaque="false"` +
      ' status="urn:oasis:names:tc:ebxml-regrep:StatusType:Approved">\n',
    slots(said),
    nameElement(said.title),
    classifications(id, said),
    externalIdentifier(id, 'XDSDocumentEntry.patientId', PATIENT_ID, said.patientId),
    externalIdentifier(id, 'XDSDocumentEntry.uniqueId', UNIQUE_ID, said.uniqueId),
    '</ExtrinsicObject>\n',
  ].join('');

const slots = (said: DocumentMetadata): string =>
  [
    slot('creationTime', said.creationTime),
    slot('hash', said.hash),
    slot('languageCode', said.languageCode),
    slot('legalAuthenticator', said.legalAuthenticator),
    slot('serviceStartTime', said.serviceStartTime),
    slot('serviceStopTime', said.serviceStopTime),
    slot('size', String(said.size)),
    slot('sourcePatientId', said.sourcePatientId),
    slot('sourcePatientInfo', ...said.sourcePatientInfo),
    slot('URI', said.uri),
  ].join('');

const classifications = (id: string, said: DocumentMetadata): string =>
  [
    ...said.authors.map((author, index) =>
      authorClassification(id, `author${index + 1}`, AUTHOR, author),
    ),
    codeClassification(id, 'classCode', CLASS_CODE, said.classCode),
    codeClassification(id, 'confidentialityCode', CONFIDENTIALITY_CODE, said.confidentialityCode),
    codeClassification(id, 'formatCode', FORMAT_CODE, said.formatCode),
    codeClassification(id, 'facilityType', FACILITY_TYPE, said.healthcareFacilityTypeCode),
    codeClassification(id, 'practiceSetting', PRACTICE_SETTING, said.practiceSettingCode),
    codeClassification(id, 'typeCode', TYPE_CODE, said.typeCode),
  ].join('');
