import { pdfOf, PLAIN_FILES, TEXT_FILE, type Variant } from './send-variant.ts';

const MB = 1_000_000;
const OAEP = { keyTransport: { default: 'rsaes-oaep-sha256' } } as const;

/** Every way in which a message of ours can differ from another. */
export const VARIANTS: readonly (Variant & { readonly oaep?: true })[] = [
  { name: 'PKCS #1 v1.5, a C-CDA document' },
  { name: 'RSAES-OAEP with SHA-256', settings: OAEP, oaep: true },
  { name: 'PKCS #1 v1.5, to three certificates', beside: 2 },
  { name: 'RSAES-OAEP with SHA-256, to three certificates', settings: OAEP, beside: 2, oaep: true },
  { name: 'with request.txt', settings: { requestTxt: true } },
  { name: 'with pages for reading', settings: { htmlRendering: true } },
  { name: 'in Spanish', language: 'es' },
  {
    name: 'in Spanish, with request.txt and pages for reading',
    language: 'es',
    settings: { requestTxt: true, htmlRendering: true },
  },
  { name: 'plain files: PDF, text, FHIR', record: PLAIN_FILES },
  { name: 'a record of 1 kB', record: [TEXT_FILE] },
  { name: 'a record of 1 MB', record: [pdfOf(MB, 'DOC00001.PDF')] },
  {
    name: 'a record of 5 MB',
    record: [pdfOf(2.5 * MB, 'DOC00001.PDF'), pdfOf(2.5 * MB, 'DOC00002.PDF')],
  },
];
