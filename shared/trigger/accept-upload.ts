import { ruleOf, type FailureCode } from '../failures.ts';
import { parseUploadId, sha256, type UploadId } from '../ids.ts';
import { fail, type Outcome } from '../outcome.ts';
import { registered } from '../patient/registered.ts';
import type { PatientStore } from '../patient/store.ts';
import type { KeptDocument } from '../record/keep-document.ts';
import type { Incoming, UploadStore } from '../record/upload/store.ts';
import { begun, ended, nameAt, type Upload, type UploadEnd } from '../record/upload/upload.ts';
import { takeIn, type TakeInPorts } from './take-in.ts';

export interface AcceptUploadPorts extends TakeInPorts {
  readonly patients: PatientStore;
  readonly uploads: UploadStore;
  readonly incoming: Incoming;
}

/**
 * What came of an object: `unasked` when nobody had asked for it, `gone` when nothing lies there, else how its upload
 * ended, now or when the object was announced before.
 */
export type Accepted =
  | { readonly kind: 'unasked' }
  | { readonly kind: 'gone' | 'accepted'; readonly uploadId: UploadId }
  | { readonly kind: 'refused'; readonly uploadId: UploadId; readonly code: FailureCode };

/** The queue brings an object five times: the last one finds four attempts that ended without a word. */
const MAX_ATTEMPTS = 4;

/**
 * Takes an object of the bucket of uploads into the record, as if it had come with a call, and removes it. What became of
 * it is kept first, so the same object announced again has the same end.
 *
 * @throws NotNow when it may be taken in later
 */
export async function acceptUpload(key: string, ports: AcceptUploadPorts): Promise<Accepted> {
  const { uploads, incoming } = ports;
  const id = parseUploadId(nameAt(key));
  const upload = id.ok ? await uploads.change(id.value, begun) : id;
  if (!upload.ok) {
    await incoming.remove(key);
    return { kind: 'unasked' };
  }
  const uploadId = upload.value.id;
  const end = upload.value.ended ?? (await endOf(upload.value, key, ports));
  if (end === 'gone') return { kind: 'gone', uploadId };
  await incoming.remove(key);
  return end.kind === 'accepted'
    ? { kind: 'accepted', uploadId }
    : { kind: 'refused', uploadId, code: end.code };
}

/** How it ends, kept. */
async function endOf(
  upload: Upload,
  key: string,
  ports: AcceptUploadPorts,
): Promise<UploadEnd | 'gone'> {
  const taken = await take(upload, key, ports);
  if (taken === 'gone') return taken;
  if (!taken.ok && ruleOf(taken.failure.code).retry) throw new NotNow(taken.failure.code);
  const at = ports.now().toISOString();
  const end: UploadEnd = taken.ok
    ? { kind: 'accepted', at, kept: taken.value.kept }
    : { kind: 'refused', at, code: taken.failure.code };
  await ports.uploads.change(upload.id, ended(end));
  return end;
}

/** @failure record/not-taken-in, record/not-as-announced, the codes of `takeIn`, patient/unknown, patient/merged */
async function take(
  { attempts, sizeBytes, sha256: announced, ...upload }: Upload,
  key: string,
  ports: AcceptUploadPorts,
): Promise<Outcome<KeptDocument> | 'gone'> {
  if (attempts > MAX_ATTEMPTS) return fail('record/not-taken-in');
  const bytes = await ports.incoming.read(key, sizeBytes);
  if (bytes === 'gone') return bytes;
  if (bytes === 'too-large' || bytes.length !== sizeBytes || sha256(bytes) !== announced) {
    return fail('record/not-as-announced');
  }
  const patient = await registered(upload.patientId, ports.patients);
  if (!patient.ok) return patient;
  const { type, labels, documentId } = upload;
  return takeIn({ bytes, type, labels, documentId, patient: patient.value }, ports);
}

/** Gives the object back to the queue. */
class NotNow extends Error {}
