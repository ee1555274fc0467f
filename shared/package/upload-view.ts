import * as z from 'zod';
import { later, type Now } from '../clock.ts';
import type { Language } from '../language.ts';
import type { Upload } from '../record/upload/upload.ts';
import { saysOf } from '../says-of.ts';
import type { Settings } from '../settings.ts';
import { DOCUMENT_EXAMPLE, DocumentView, viewOfDocument } from './document-view.ts';

/**
 * What became of an upload, for the system that asked for it. `expired` says that nothing is known of it and nothing will
 * come any more: it is then to be asked for again, and should it have come after all, the same document twice is one.
 */
export const UploadView = z
  .strictObject({
    uploadId: z.string(),
    documentId: z.string(),
    sha256: z.string(),
    sizeBytes: z.int(),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
    status: z.enum(['waiting', 'accepted', 'refused', 'expired']),
    endedAt: z.iso.datetime().optional(),
    document: DocumentView.optional().meta({ description: 'As it was taken in, when it was.' }),
    code: z.string().optional().meta({ description: 'Why it was refused, when it was.' }),
    detail: z.string().optional(),
  })
  .meta({ id: 'Upload' });

export type UploadView = z.infer<typeof UploadView>;

export const UPLOAD_EXAMPLE: UploadView = {
  uploadId: 'upl_abcdefghijklmnopqrstuvwxyz',
  documentId: DOCUMENT_EXAMPLE.documentId,
  sha256: DOCUMENT_EXAMPLE.sha256,
  sizeBytes: DOCUMENT_EXAMPLE.sizeBytes,
  createdAt: '2026-11-22T11:59:00.000Z',
  expiresAt: '2026-11-22T12:14:00.000Z',
  status: 'accepted',
  endedAt: '2026-11-22T12:00:00.000Z',
  document: DOCUMENT_EXAMPLE,
};

interface Seeing {
  readonly settings: Pick<Settings, 'sensitive'>;
  readonly now: Now;
}

/** What was posted in the last second has still to be announced and read. */
const GRACE_SECONDS = 15 * 60;

export const viewOfUpload = (upload: Upload, language: Language, seeing: Seeing): UploadView => ({
  uploadId: upload.id,
  documentId: upload.documentId,
  sha256: upload.sha256,
  sizeBytes: upload.sizeBytes,
  createdAt: upload.createdAt,
  expiresAt: upload.expiresAt,
  ...endOf(upload, language, seeing),
});

type End = Pick<UploadView, 'status' | 'endedAt' | 'document' | 'code' | 'detail'>;

function endOf({ ended, expiresAt }: Upload, language: Language, seeing: Seeing): End {
  if (ended === undefined) {
    const given = later(new Date(expiresAt), GRACE_SECONDS);
    return { status: seeing.now() < given ? 'waiting' : 'expired' };
  }
  const { kind: status, at: endedAt } = ended;
  return ended.kind === 'accepted'
    ? { status, endedAt, document: viewOfDocument(ended.kept, seeing) }
    : { status, endedAt, code: ended.code, detail: saysOf(ended.code, language) };
}
