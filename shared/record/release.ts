import type { Sha256 } from '../ids.ts';
import { done, fail, type Outcome } from '../outcome.ts';
import type { RecordDocument } from './record.ts';

/** Who lets a document go, and when. */
export interface Releasing {
  /** Subject of the token. */
  readonly by: string;
  readonly now: Date;
  /** Of the version that was looked at. */
  readonly sha256: Sha256;
}

/**
 * Lets the current version of a document be sent although it is sensitive. What is released already keeps its time;
 * a new version, or another label, is kept without it.
 *
 * @failure edge/precondition-failed the version that was looked at is not current any more
 */
export function released(
  document: RecordDocument,
  { by, now, sha256 }: Releasing,
): Outcome<RecordDocument> {
  if (sha256 !== document.sha256) return fail('edge/precondition-failed');
  if (isReleased(document)) return done(document);
  return done({ ...document, released: { sha256, by, at: now.toISOString() } });
}

/** Whether the data holder's staff let these very bytes go. */
export const isReleased = ({ released: release, sha256 }: RecordDocument): boolean =>
  release?.sha256 === sha256;
