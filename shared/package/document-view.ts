import * as z from 'zod';
import type { RecordDocument } from '../record/record.ts';
import { isReleased } from '../record/release.ts';
import { CONFIDENTIALITIES } from '../record/sensitivity.ts';
import type { Settings } from '../settings.ts';
import { isSensitive } from './sensitive.ts';

/** A document of the record as the data holder's systems see it. */
export const DocumentView = z
  .strictObject({
    documentId: z.string(),
    mimeType: z.enum(['text/xml', 'application/pdf', 'text/plain', 'application/fhir+json']),
    /** Absent of a CDA document, which says it itself. */
    labels: z
      .strictObject({
        title: z.string().optional(),
        type: z.strictObject({ code: z.string(), display: z.string().optional() }).optional(),
        createdAt: z.string().optional(),
        confidentiality: z.enum(CONFIDENTIALITIES).optional(),
        language: z.string().optional(),
      })
      .optional(),
    sha256: z.string(),
    sizeBytes: z.int(),
    receivedAt: z.iso.datetime(),
    /** Absent of what was kept before it was asked. */
    sensitive: z.boolean().optional(),
    released: z.boolean(),
  })
  .meta({ id: 'Document' });

export type DocumentView = z.infer<typeof DocumentView>;

export const DOCUMENT_EXAMPLE: DocumentView = {
  documentId: 'ccd',
  mimeType: 'text/xml',
  sha256: '5feceb66ffc86f38d952786c6d696c79c2dbc239dd4e91b46729d73a27fb57e9',
  sizeBytes: 612_304,
  receivedAt: '2026-11-22T12:00:00.000Z',
  sensitive: false,
  released: false,
};

export const viewOfDocument = (
  document: RecordDocument,
  { settings }: { readonly settings: Pick<Settings, 'sensitive'> },
): DocumentView => ({
  documentId: document.documentId,
  mimeType: document.mimeType,
  labels: document.labels,
  sha256: document.sha256,
  sizeBytes: document.sizeBytes,
  receivedAt: document.receivedAt,
  sensitive: document.sensitivity && isSensitive(document.sensitivity, settings.sensitive),
  released: isReleased(document),
});
