import type { DocumentHeader } from './header.ts';

export const HL7 = 'urn:hl7-org:v3';

/** The code system, by its OID. */
export const LOINC = '2.16.840.1.113883.6.1';

// Real documents: 20 levels, headers of 38 kB.
export const MAX_DEPTH = 200;
export const MAX_HEADER_BYTES = 1024 * 1024;
export const MAX_HEADER_ELEMENTS = 20_000;

const BODIES = new Map<string, DocumentHeader['body']>([
  ['structuredBody', 'structured'],
  ['nonXMLBody', 'unstructured'],
]);

/** What kind of body the element of a name is that stands in a document's own component. */
export const bodyKindOf = (name: string): DocumentHeader['body'] => BODIES.get(name) ?? 'none';
