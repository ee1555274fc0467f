import type { XmlElement } from '../../record/xml-tree.ts';
import type { Code } from '../derive/codes.ts';
import type { DocumentMetadata } from './document-metadata.ts';
import {
  authorClassification,
  codeClassification,
  element,
  externalIdentifier,
  nameElement,
  slot,
  type Elements,
} from './ebrim.ts';
import { SCHEMES } from './schemes.ts';

/** Identification schemes. */
const PATIENT_ID = '58a6f841-87b3-4a3e-92fd-a8ffeff98427';
const UNIQUE_ID = '2e82c1f6-a085-4c72-9da3-8640a32e42ab';
/** A document that does not change, as against one that is made on demand. */
const STABLE = 'urn:uuid:7edca82f-054d-47f2-a032-9b2a5b5186c1';

/** A DocumentEntry. */
export const documentEntry = (id: string, said: DocumentMetadata): XmlElement =>
  element(
    'ExtrinsicObject',
    {
      id,
      objectType: STABLE,
      mimeType: said.mimeType,
      isOpaque: 'false',
      status: 'urn:oasis:names:tc:ebxml-regrep:StatusType:Approved',
    },
    slots(said),
    nameElement(said.title),
    classifications(id, said),
    externalIdentifier(id, 'XDSDocumentEntry.patientId', PATIENT_ID, said.patientId),
    externalIdentifier(id, 'XDSDocumentEntry.uniqueId', UNIQUE_ID, said.uniqueId),
  );

const slots = (said: DocumentMetadata): Elements => [
  ...slot('creationTime', said.creationTime),
  ...slot('hash', said.hash),
  ...slot('languageCode', said.languageCode),
  ...slot('legalAuthenticator', said.legalAuthenticator),
  ...slot('serviceStartTime', said.serviceStartTime),
  ...slot('serviceStopTime', said.serviceStopTime),
  ...slot('size', String(said.size)),
  ...slot('sourcePatientId', said.sourcePatientId),
  ...slot('sourcePatientInfo', ...said.sourcePatientInfo),
  ...slot('URI', said.uri),
];

function classifications(id: string, said: DocumentMetadata): Elements {
  const coded = (attribute: string, scheme: string, code: Code | undefined): Elements =>
    codeClassification(id, attribute, scheme, code);
  return [
    ...said.authors.flatMap((author, index) =>
      authorClassification(id, `author${index + 1}`, SCHEMES.author, author),
    ),
    ...coded('classCode', SCHEMES.classCode, said.classCode),
    ...coded('confidentialityCode', SCHEMES.confidentialityCode, said.confidentialityCode),
    ...coded('formatCode', SCHEMES.formatCode, said.formatCode),
    ...coded('facilityType', SCHEMES.healthcareFacilityTypeCode, said.healthcareFacilityTypeCode),
    ...coded('practiceSetting', SCHEMES.practiceSettingCode, said.practiceSettingCode),
    ...coded('typeCode', SCHEMES.typeCode, said.typeCode),
  ];
}
