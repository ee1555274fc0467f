import type { DocumentMetadata } from './document-metadata.ts';
import { documentEntry } from './document-entry.ts';
import { LCM, RIM } from './ebrim.ts';
import { hasMember, submissionSet, type Submission } from './submission-set.ts';

const SET = 'SubmissionSet01';

/** METADATA.XML: the documents in the order of their files, the submission set, and what ties them together. */
export function metadataXml(
  documents: readonly DocumentMetadata[],
  submission: Submission,
): string {
  const entries = documents.map((document, index) => ({
    id: `Document${String(index + 1).padStart(2, '0')}`,
    document,
  }));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    `<SubmitObjectsRequest xmlns="${LCM}">\n<RegistryObjectList xmlns="${RIM}">\n`,
    ...entries.map(({ id, document }) => documentEntry(id, document)),
    submissionSet(SET, submission),
    ...entries.map(({ id }) => hasMember(SET, id)),
    '</RegistryObjectList>\n</SubmitObjectsRequest>\n',
  ].join('');
}
