import { sha256, type Sha256 } from '../ids.ts';
import { done, fail, type Outcome } from '../outcome.ts';
import type { Identifier } from '../patient/patient.ts';
import { identifiersIn } from './belongs.ts';
import type { DocumentType } from './document-type.ts';
import type { DocumentHeader } from './header.ts';
import { checkFhirJson } from './kinds/fhir-json.ts';
import { checkPdf } from './kinds/pdf.ts';
import { checkPlainText } from './kinds/plain-text.ts';
import { readDocument } from './read-document.ts';
import type { FoundSections } from './sections/found.ts';
import { watchSections } from './sections/watch.ts';
import { sensitivityOf, type Sensitivity } from './sensitivity.ts';

/** The largest real C-CDA seen has 2.2 MB; with images inside, some tens of scanned pages fit. */
export const MAX_DOCUMENT_BYTES = 20 * 1024 * 1024;

/** What is kept of the check: whoever has bytes of this hash need not check them again. */
interface Checked {
  readonly sha256: Sha256;
  readonly sizeBytes: number;
  /** Under which the document names its patient; absent in a file that names nobody where we read it. */
  readonly identifiers: readonly Identifier[] | undefined;
  /** As the document says it of itself. */
  readonly sensitivity: Sensitivity;
}

export interface CheckedClinicalDocument extends Checked {
  readonly mimeType: 'text/xml';
  readonly identifiers: readonly Identifier[];
  readonly header: DocumentHeader;
  readonly sections: FoundSections;
}

export interface CheckedFile extends Checked {
  readonly mimeType: Exclude<DocumentType, 'text/xml'>;
}

export type CheckedDocument = CheckedClinicalDocument | CheckedFile;

/**
 * The full check of a document, made once, when it arrives, by what it is said to be. Nothing that a document points
 * at is ever fetched.
 *
 * @failure record/too-large, record/not-pdf, record/not-text, record/not-fhir, and the codes of `readDocument`
 */
export const checkDocument = (bytes: Uint8Array, type: DocumentType): Outcome<CheckedDocument> =>
  type === 'text/xml' ? checkClinicalDocument(bytes) : checkFile(bytes, type);

/**
 * Of a CDA document: size, encoding, well-formedness with namespaces, no DOCTYPE, bounded depth and complexity, a
 * ClinicalDocument.
 *
 * @failure record/too-large, and the codes of `readDocument`
 */
export function checkClinicalDocument(bytes: Uint8Array): Outcome<CheckedClinicalDocument> {
  if (bytes.length > MAX_DOCUMENT_BYTES) return fail('record/too-large');
  const watched = watchSections();
  const read = readDocument(bytes, watched);
  if (!read.ok) return read;
  const header = read.value;
  return done({
    mimeType: 'text/xml',
    sha256: sha256(bytes),
    sizeBytes: bytes.length,
    identifiers: identifiersIn(header),
    sensitivity: sensitivityOf(header),
    header,
    sections: watched.found,
  });
}

function checkFile(bytes: Uint8Array, mimeType: CheckedFile['mimeType']): Outcome<CheckedFile> {
  if (bytes.length > MAX_DOCUMENT_BYTES) return fail('record/too-large');
  const found = CHECKS[mimeType](bytes);
  if (!found.ok) return found;
  const { identifiers, confidentiality = 'N' } = found.value ?? {};
  return done({
    mimeType,
    sha256: sha256(bytes),
    sizeBytes: bytes.length,
    identifiers,
    sensitivity: { confidentiality },
  });
}

type CheckFile = (bytes: Uint8Array) => ReturnType<typeof checkFhirJson> | Outcome<void>;

const CHECKS: Readonly<Record<CheckedFile['mimeType'], CheckFile>> = {
  'application/pdf': checkPdf,
  'text/plain': checkPlainText,
  'application/fhir+json': checkFhirJson,
};
