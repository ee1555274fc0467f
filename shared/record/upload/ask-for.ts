import { later, type Now } from '../../clock.ts';
import type { Sha256, UploadId } from '../../ids.ts';
import { done, fail, type Outcome } from '../../outcome.ts';
import type { PatientStore } from '../../patient/store.ts';
import type { DocumentType } from '../document-type.ts';
import { MAX_DOCUMENT_BYTES } from '../intake.ts';
import type { Labels } from '../labels.ts';
import { namedDocument } from '../named.ts';
import type { PostForm, SignPost, UploadStore } from './store.ts';
import { incomingAt, UPLOAD_SECONDS, type Upload } from './upload.ts';

export interface AskForUploadPorts {
  readonly patients: PatientStore;
  readonly uploads: UploadStore;
  readonly signPost: SignPost;
  /** Another one each time, that nobody can guess. */
  readonly newUploadId: () => UploadId;
  readonly now: Now;
}

/** A document as it is announced. */
export interface Announced {
  readonly patientId: string;
  readonly documentId: string;
  readonly type: DocumentType;
  readonly contentType: string;
  readonly labels: Labels;
  readonly sizeBytes: number;
  readonly sha256: Sha256;
}

/**
 * Lets a system post a document to the bucket: the form fits these bytes only. What is announced twice is two uploads,
 * and whichever comes second finds the document already there.
 *
 * @param by the subject of the system
 * @failure record/too-large, and the codes of `namedDocument`
 */
export async function askForUpload(
  { contentType, ...announced }: Announced,
  by: string,
  { patients, uploads, signPost, newUploadId, now }: AskForUploadPorts,
): Promise<Outcome<{ readonly upload: Upload; readonly form: PostForm }>> {
  const { sizeBytes, sha256 } = announced;
  if (sizeBytes > MAX_DOCUMENT_BYTES) return fail('record/too-large');
  const named = await namedDocument(announced, patients);
  if (!named.ok) return named;
  const { patient, documentId } = named.value;
  const at = now();
  const upload: Upload = {
    ...announced,
    id: newUploadId(),
    by,
    patientId: patient.id,
    patientKey: patient.key,
    documentId,
    createdAt: at.toISOString(),
    expiresAt: later(at, UPLOAD_SECONDS).toISOString(),
    attempts: 0,
    version: 1,
  };
  // Before the form: nothing that is posted with it is unknown here.
  await uploads.add(upload);
  const key = incomingAt(upload.id);
  const form = await signPost({ key, contentType, sizeBytes, sha256, seconds: UPLOAD_SECONDS });
  return done({ upload, form });
}
