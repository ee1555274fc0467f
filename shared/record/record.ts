import type { DocumentId, PatientKey, Sha256 } from '../ids.ts';
import type { DocumentType } from './document-type.ts';
import type { Labels } from './labels.ts';
import type { FoundSections } from './sections/found.ts';
import type { Sensitivity } from './sensitivity.ts';

/** A document of the current record, as it was found good on arrival. The bytes lie in the bucket under `bytesAt`. */
export interface RecordDocument {
  readonly documentId: DocumentId;
  readonly patientKey: PatientKey;
  readonly mimeType: DocumentType;
  readonly sha256: Sha256;
  readonly sizeBytes: number;
  /** ISO 8601 UTC. */
  readonly receivedAt: string;
  readonly bytesAt: string;
  /** As the document says it of itself; absent in what was kept before it was asked. */
  readonly sensitivity?: Sensitivity;
  /** Absent of a CDA document, which says it itself. */
  readonly labels?: Labels;
  /** Who of the data holder's staff let it go, and which bytes that was about. */
  readonly released?: Release;
  /** Absent where nobody looked: in what is no CDA document, and in what arrived before sections were looked for. */
  readonly sections?: FoundSections;
}

/** A decision of the data holder's staff: this version of a sensitive document may be sent. */
export interface Release {
  readonly sha256: Sha256;
  /** Subject of the token. */
  readonly by: string;
  /** ISO 8601 UTC. */
  readonly at: string;
}

export interface DocumentWithBytes {
  readonly document: RecordDocument;
  readonly bytes: Uint8Array;
}
