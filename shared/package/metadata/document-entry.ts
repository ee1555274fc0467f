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
import { ENTRY_IDENTIFIERS, SCHEMES, STABLE } from './schemes.ts';

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
    externalIdentifier(
      id,
      'XDSDocumentEntry.patientId',
      ENTRY_IDENTIFIERS.patientId,
      said.patientId,
    ),
    externalIdentifier(id, 'XDSDocumentEntry.uniqueId', ENTRY_IDENTIFIERS.uniqueId, said.uniqueId),
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
