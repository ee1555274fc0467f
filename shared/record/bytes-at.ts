import type { DocumentKey, PatientKey, Sha256 } from '../ids.ts';

/**
 * The bucket key of a document's bytes. Other bytes lie elsewhere, so a copy that is being made still finds those it
 * was begun with.
 */
export const bytesAtOf = (patient: PatientKey, document: DocumentKey, bytes: Sha256): string =>
  `documents/${patient}/${document}/${bytes}`;
