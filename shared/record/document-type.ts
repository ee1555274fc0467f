/**
 * What a file of the record is: `text/xml` is an HL7 ClinicalDocument, as IHE has it; a file of any other type is not
 * looked into for its metadata.
 */
export type DocumentType = 'text/xml' | 'application/pdf' | 'text/plain' | 'application/fhir+json';

const CALLED = new Map<string, DocumentType>([
  ['text/xml', 'text/xml'],
  ['application/xml', 'text/xml'],
  // A gateway may pass XML on as UTF-8 text, which is no harm to UTF-8; nobody touches bytes under this name, so a CDA
  // document in another encoding comes under it.
  ['application/octet-stream', 'text/xml'],
  ['application/pdf', 'application/pdf'],
  ['text/plain', 'text/plain'],
  ['application/fhir+json', 'application/fhir+json'],
]);

/** @param mediaType in lower case, without parameters */
export const documentTypeCalled = (mediaType: string): DocumentType | undefined =>
  CALLED.get(mediaType);
