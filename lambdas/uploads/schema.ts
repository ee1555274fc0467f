import * as z from 'zod';
import type { Operations } from '../../shared/operation.ts';
import { UPLOAD_EXAMPLE, UploadView } from '../../shared/package/upload-view.ts';
import { UploadBody } from '../../shared/record/upload/body.ts';

const AskedFor = z.strictObject({
  uploadId: z.string(),
  url: z.url().meta({ description: 'Where the form is posted, as multipart/form-data.' }),
  fields: z
    .record(z.string(), z.string())
    .meta({ description: 'Of the form, all of them, before the field `file` with the bytes.' }),
  expiresAt: z.iso.datetime(),
});

const { uploadId, documentId, sha256, sizeBytes, expiresAt } = UPLOAD_EXAMPLE;

export const OPERATIONS = {
  'POST /v1/records/uploads': {
    id: 'askForUpload',
    summary:
      'Signs a form with which a document of up to 20 MB is posted to the bucket (docs/records.md).',
    body: {
      'application/json': {
        schema: UploadBody,
        example: { patientId: 'ana', documentId, type: 'text/xml', sizeBytes, sha256 },
      },
    },
    answers: {
      201: {
        summary: 'The form; it fits the announced bytes and nothing else',
        content: {
          'application/json': {
            schema: AskedFor,
            example: {
              uploadId,
              url: 'https://uploads.s3.us-east-1.amazonaws.com/',
              fields: { key: `incoming/${uploadId}`, 'Content-Type': 'text/xml' },
              expiresAt,
            },
          },
        },
      },
    },
    refusals: ['patient/bad-id', 'patient/unknown', 'record/bad-id', 'record/too-large'],
  },
  'GET /v1/records/uploads/{uploadId}': {
    id: 'getUpload',
    summary: 'What became of an upload, for the system that asked for it.',
    answers: {
      200: {
        summary: 'It waits, was accepted or refused, or its time is over',
        content: { 'application/json': { schema: UploadView, example: UPLOAD_EXAMPLE } },
      },
    },
    refusals: ['record/unknown-upload'],
  },
} satisfies Operations;
