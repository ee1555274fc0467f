import { type DocumentId, type PatientKey, type Sha256, sha256 } from '../ids.ts';

/**
 * The bucket key of a document's bytes. The document's id is hashed, because others choose it and may have put a number
 * of the patient into it; other bytes lie elsewhere, so a copy that is being made still finds those it was begun with.
 */
export const bytesAtOf = (patient: PatientKey, document: DocumentId, bytes: Sha256): string =>
  `documents/${patient}/${sha256(document).slice(0, 32)}/${bytes}`;
