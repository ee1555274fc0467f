import type { RecordDocument } from '../record/record.ts';
import { isReleased } from '../record/release.ts';
import type { Sensitivity } from '../record/sensitivity.ts';
import type { SensitiveSettings } from '../settings.ts';

/** Whether a document is sensitive by its own confidentialityCode or by its type. */
export const isSensitive = (
  { confidentiality, typeCode }: Sensitivity,
  { confidentialityCodes, documentTypes }: SensitiveSettings,
): boolean =>
  confidentialityCodes.includes(confidentiality) ||
  (typeCode !== undefined && documentTypes.includes(typeCode));

/** What is done with a document of the record. */
export type Handling = 'send' | 'send-with-notice' | 'hold' | 'exclude';

export function handlingOf(
  document: RecordDocument,
  sensitivity: Sensitivity,
  rules: SensitiveSettings,
): Handling {
  if (!isSensitive(sensitivity, rules)) return 'send';
  return rules.mode === 'hold' && isReleased(document) ? 'send' : rules.mode;
}
