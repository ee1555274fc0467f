import type { FailureCode } from '../../failures.ts';
import type { DocumentId, PatientId, PatientKey, Sha256, UploadId } from '../../ids.ts';
import { done, type Outcome } from '../../outcome.ts';
import type { DocumentType } from '../document-type.ts';
import type { Labels } from '../labels.ts';
import type { RecordDocument } from '../record.ts';

/** A document that a system may post to the bucket, as it was announced, and what became of it. */
export interface Upload {
  readonly id: UploadId;
  /** The subject of the system that asked for it: nobody else is told of it. */
  readonly by: string;
  readonly patientId: PatientId;
  readonly patientKey: PatientKey;
  readonly documentId: DocumentId;
  readonly type: DocumentType;
  /** None of a CDA document. */
  readonly labels: Labels;
  readonly sizeBytes: number;
  readonly sha256: Sha256;
  /** ISO 8601 UTC, like all times here. */
  readonly createdAt: string;
  /** Until when it may be posted. */
  readonly expiresAt: string;
  /** How often somebody began to take it in. */
  readonly attempts: number;
  /** The first end stands. */
  readonly ended?: UploadEnd;
  /** Counts the changes of the item. */
  readonly version: number;
}

export type UploadEnd =
  | { readonly kind: 'accepted'; readonly at: string; readonly kept: RecordDocument }
  | { readonly kind: 'refused'; readonly at: string; readonly code: FailureCode };

/** A system posts what it has at hand, and the signature should not outlive that. */
export const UPLOAD_SECONDS = 15 * 60;

const FOLDER = 'incoming/';

/** The bucket key under which it is posted. */
export const incomingAt = (id: UploadId): string => `${FOLDER}${id}`;

/** What an object is called that was posted: perhaps the id of an upload. */
export const nameAt = (key: string): string =>
  key.startsWith(FOLDER) ? key.slice(FOLDER.length) : '';

/** Written down before it is begun: what ends a function without a word is counted all the same. */
export const begun = (upload: Upload): Outcome<Upload> =>
  done(upload.ended ? upload : { ...upload, attempts: upload.attempts + 1 });

export const ended =
  (end: UploadEnd) =>
  (upload: Upload): Outcome<Upload> =>
    done(upload.ended ? upload : { ...upload, ended: end });
