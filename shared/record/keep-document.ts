import type { Now } from '../clock.ts';
import { type DocumentId, documentKeyOf, type Keying } from '../ids.ts';
import { done, fail, type Outcome } from '../outcome.ts';
import type { Patient } from '../patient/patient.ts';
import type { PatientStore } from '../patient/store.ts';
import { belongsOnlyTo } from './belongs.ts';
import { bytesAtOf } from './bytes-at.ts';
import type { DocumentType } from './document-type.ts';
import { checkDocument } from './intake.ts';
import { keptOf } from './kept.ts';
import type { Labels } from './labels.ts';
import type { RecordDocument } from './record.ts';
import type { BytesStore, RecordStore } from './store.ts';

export interface KeepDocumentPorts {
  readonly patients: Pick<PatientStore, 'byIdentifier'>;
  readonly records: RecordStore;
  readonly keying: Keying;
  readonly recordBytes: Pick<BytesStore, 'put'>;
  readonly now: Now;
}

/** A document, who says that it is whose, and under which id it is to be current. */
export interface Arrived {
  readonly bytes: Uint8Array;
  readonly type: DocumentType;
  /** None of a CDA document. */
  readonly labels: Labels;
  readonly documentId: DocumentId;
  readonly patient: Patient;
}

export interface KeptDocument {
  readonly change: 'new' | 'changed' | 'unchanged';
  readonly kept: RecordDocument;
  /** The current record with the document in it, in no order. */
  readonly record: readonly RecordDocument[];
}

/** More do not fit into one message anyway. */
const MAX_DOCUMENTS = 200;

/**
 * Checks a document in full, and makes it current. Bytes are stored before the document that points at them.
 *
 * @failure the codes of `checkDocument`, record/patient-mismatch, patient/ambiguous, record/too-many
 */
export async function keepDocument(
  { bytes, type, labels, documentId, patient }: Arrived,
  { patients, records, keying, recordBytes, now }: KeepDocumentPorts,
): Promise<Outcome<KeptDocument>> {
  const checked = checkDocument(bytes, type);
  if (!checked.ok) return checked;
  const { sha256 } = checked.value;
  const belongs = await belongsOnlyTo(checked.value, patient, patients);
  if (!belongs.ok) return belongs;

  const current = await records.list(patient.key);
  const kept = current.find((each) => each.documentId === documentId);
  if (!kept && current.length >= MAX_DOCUMENTS) return fail('record/too-many');

  const at = now();
  const isThere = kept?.sha256 === sha256;
  const key = documentKeyOf(patient.key, documentId, keying);
  const bytesAt = isThere ? kept.bytesAt : bytesAtOf(patient.key, key, sha256, at);
  if (!isThere) await recordBytes.put(bytesAt, bytes);
  const keeping = await records.keep({
    documentId,
    patientKey: patient.key,
    ...keptOf(checked.value, labels),
    receivedAt: at.toISOString(),
    bytesAt,
  });
  const others = current.filter((each) => each.documentId !== documentId);
  return done({ ...keeping, record: [...others, keeping.kept] });
}
