import type { DocumentId, PatientKey, Sha256 } from '../ids.ts';
import type { FoundSections } from './sections/found.ts';

/** A document of the current record, as it was found good on arrival. The bytes lie in the bucket under `bytesAt`. */
export interface RecordDocument {
  readonly documentId: DocumentId;
  readonly patientKey: PatientKey;
  readonly mimeType: 'text/xml';
  readonly sha256: Sha256;
  readonly sizeBytes: number;
  /** ISO 8601 UTC. */
  readonly receivedAt: string;
  readonly bytesAt: string;
  /** Absent where nobody looked: in what is no CDA document, and in what arrived before sections were looked for. */
  readonly sections?: FoundSections;
}

export interface DocumentWithBytes {
  readonly document: RecordDocument;
  readonly bytes: Uint8Array;
}
