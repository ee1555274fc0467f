import { sha256, type Sha256 } from '../ids.ts';
import { done, fail, type Outcome } from '../outcome.ts';
import type { DocumentHeader } from './header.ts';
import { readDocument } from './read-document.ts';
import type { FoundSections } from './sections/found.ts';
import { watchSections } from './sections/watch.ts';

/** The largest real C-CDA seen has 2.2 MB; with images inside, some tens of scanned pages fit. */
export const MAX_DOCUMENT_BYTES = 20 * 1024 * 1024;

/** What is kept of the check: whoever has bytes of this hash need not check them again. */
export interface CheckedDocument {
  readonly sha256: Sha256;
  readonly sizeBytes: number;
  readonly header: DocumentHeader;
  readonly sections: FoundSections;
}

/**
 * The full check of a document, made once, when it arrives: size, encoding, well-formedness with namespaces, no DOCTYPE,
 * bounded depth and complexity, a ClinicalDocument. Nothing that the document points at is ever fetched.
 *
 * @failure record/too-large, and the codes of `readDocument`
 */
export function checkDocument(bytes: Uint8Array): Outcome<CheckedDocument> {
  if (bytes.length > MAX_DOCUMENT_BYTES) return fail('record/too-large');
  const sections = watchSections();
  const header = readDocument(bytes, 'end', sections);
  if (!header.ok) return header;
  return done({
    sha256: sha256(bytes),
    sizeBytes: bytes.length,
    header: header.value,
    sections: sections.found,
  });
}
