import type { RecordDocument } from '../record/record.ts';
import { isReleased } from '../record/release.ts';
import type { Settings } from '../settings.ts';
import { isSensitive } from './sensitive.ts';

/** A document of the record as the data holder's systems see it. */
export const viewOfDocument = (
  document: RecordDocument,
  { settings }: { readonly settings: Pick<Settings, 'sensitive'> },
): object => ({
  documentId: document.documentId,
  mimeType: document.mimeType,
  labels: document.labels,
  sha256: document.sha256,
  sizeBytes: document.sizeBytes,
  receivedAt: document.receivedAt,
  sensitive: document.sensitivity && isSensitive(document.sensitivity, settings.sensitive),
  released: isReleased(document),
});
