import type { DocumentKey, PatientKey, Sha256 } from '../ids.ts';

/**
 * The bucket key of a document's bytes. Other bytes lie elsewhere, so a copy that is being made still finds those it
 * was begun with; and the same bytes that come again later do too, so those that were superseded can be removed while
 * others come.
 *
 * @param at when they came
 */
export const bytesAtOf = (
  patient: PatientKey,
  document: DocumentKey,
  bytes: Sha256,
  at: Date,
): string => `documents/${patient}/${document}/${bytes}.${at.getTime()}`;
