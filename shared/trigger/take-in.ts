import { later, type Now } from '../clock.ts';
import { type DocumentId, documentKeyOf, type Keying } from '../ids.ts';
import { done, fail, type Outcome } from '../outcome.ts';
import type { Patient } from '../patient/patient.ts';
import type { PatientStore } from '../patient/store.ts';
import { belongsOnlyTo } from '../record/belongs.ts';
import { bytesAtOf } from '../record/bytes-at.ts';
import { checkDocument } from '../record/intake.ts';
import type { DocumentType } from '../record/document-type.ts';
import { keptOf } from '../record/kept.ts';
import type { Labels } from '../record/labels.ts';
import type { RecordDocument } from '../record/record.ts';
import type { BytesStore, RecordStore } from '../record/store.ts';
import type { DeadlineSettings } from '../settings.ts';
import { recordChangedTrigger } from './record-changed.ts';
import type { TriggerStore } from './store.ts';

export interface TakeInPorts {
  readonly patients: Pick<PatientStore, 'byIdentifier'>;
  readonly records: RecordStore;
  readonly keying: Keying;
  readonly recordBytes: BytesStore;
  readonly triggers: TriggerStore;
  readonly settings: { readonly deadlines: DeadlineSettings };
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

export interface TakenIn {
  readonly change: 'new' | 'changed' | 'unchanged';
  readonly kept: RecordDocument;
  /** The current record with the document in it, in no order. */
  readonly record: readonly RecordDocument[];
}

/** More do not fit into one message anyway. */
const MAX_DOCUMENTS = 200;

/**
 * Takes a document into the current record, and with it the reason to send. Bytes are stored before the document that
 * points at them, the reason last; it is added even when nothing changed, because the call that changed it may have
 * ended right there.
 *
 * @failure the codes of `checkDocument`, record/patient-mismatch, patient/ambiguous, record/too-many
 */
export async function takeIn(
  { bytes, type, labels, documentId, patient }: Arrived,
  { patients, records, keying, recordBytes, triggers, settings, now }: TakeInPorts,
): Promise<Outcome<TakenIn>> {
  const checked = checkDocument(bytes, type);
  if (!checked.ok) return checked;
  const { sha256 } = checked.value;
  const belongs = await belongsOnlyTo(checked.value, patient, patients);
  if (!belongs.ok) return belongs;

  const current = await records.list(patient.key);
  const isNew = current.every((each) => each.documentId !== documentId);
  if (isNew && current.length >= MAX_DOCUMENTS) return fail('record/too-many');

  const at = now();
  const bytesAt = bytesAtOf(patient.key, documentKeyOf(patient.key, documentId, keying), sha256);
  await recordBytes.put(bytesAt, bytes);
  const keeping = await records.keep({
    documentId,
    patientKey: patient.key,
    ...keptOf(checked.value, labels),
    receivedAt: at.toISOString(),
    bytesAt,
  });
  const added = await triggers.add(
    recordChangedTrigger(keeping.kept, patient, at),
    later(at, settings.deadlines.doorbellLostAfterSeconds),
  );
  if (!added.ok) return added;
  const others = current.filter((each) => each.documentId !== documentId);
  return done({ ...keeping, record: [...others, keeping.kept] });
}
