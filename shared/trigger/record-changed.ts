import { triggerIdOf } from '../ids.ts';
import type { RecordDocument } from '../record/record.ts';
import type { Trigger } from './trigger.ts';
import type { Whose } from './event.ts';

/**
 * A changed document is a reason to send. The trigger's id is made of what is kept, so it can be added again after a
 * crash without being another one; the same bytes that come back later, after others, are a new change.
 */
export const recordChangedTrigger = (
  { documentId, sha256, receivedAt }: RecordDocument,
  { id, key }: Whose,
  now: Date,
): Trigger => ({
  id: triggerIdOf('record', [key, documentId, sha256, receivedAt].join('/')),
  kind: 'record-updated',
  patientId: id,
  patientKey: key,
  occurredAt: receivedAt,
  receivedAt: now.toISOString(),
  contentSha256: sha256,
});
