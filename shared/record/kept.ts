import type { CheckedDocument } from './intake.ts';
import { labelled, type Labels } from './labels.ts';
import type { RecordDocument } from './record.ts';

type Kept = Pick<
  RecordDocument,
  'mimeType' | 'sha256' | 'sizeBytes' | 'sensitivity' | 'sections' | 'labels'
>;

/**
 * What of a check is kept with the document, so that it need not be made again.
 *
 * @param labels none of a CDA document
 */
export const keptOf = (checked: CheckedDocument, labels: Labels): Kept => ({
  mimeType: checked.mimeType,
  sha256: checked.sha256,
  sizeBytes: checked.sizeBytes,
  ...(checked.mimeType === 'text/xml'
    ? { sensitivity: checked.sensitivity, sections: checked.sections }
    : { sensitivity: labelled(checked.sensitivity, labels), labels }),
});
