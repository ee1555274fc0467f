import type { DocumentId, PatientKey } from '../ids.ts';
import type { Outcome } from '../outcome.ts';
import type { RecordDocument } from './record.ts';

/** What the current record of a patient is made of: who asks has the patient's key, and needs no ids. */
export interface RecordList {
  /** Oldest first. */
  list(patient: PatientKey): Promise<readonly RecordDocument[]>;
}

/** Which documents make up the current record of a patient. */
export interface RecordStore extends RecordList {
  /**
   * Makes the document current; the same id again replaces it.
   * The same bytes with the same labels again change nothing: what is kept keeps its `receivedAt`.
   */
  keep(
    document: RecordDocument,
  ): Promise<{ readonly change: 'new' | 'changed' | 'unchanged'; readonly kept: RecordDocument }>;
  /**
   * Changes what is kept beside the bytes: reads it, decides, keeps it if nobody was faster, else decides again.
   * `decide` may return the document itself: then nothing is written.
   * @failure record/unknown-document, and what `decide` refuses
   */
  change(
    patient: PatientKey,
    document: DocumentId,
    decide: (current: RecordDocument) => Outcome<RecordDocument>,
  ): Promise<Outcome<RecordDocument>>;
  remove(patient: PatientKey, document: DocumentId, now: Date): Promise<void>;
}

/** A bucket of bytes. Keys are made by us and hold no personal data. */
export interface BytesStore {
  put(key: string, bytes: Uint8Array): Promise<void>;
  /** @throws when there is nothing under that key: a key is only kept after its bytes are */
  get(key: string): Promise<Uint8Array>;
}
