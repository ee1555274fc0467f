import * as z from 'zod';
import type { Operations } from '../../shared/operation.ts';
import { DOCUMENT_EXAMPLE, DocumentView } from '../../shared/package/document-view.ts';
import { LabelFields } from '../../shared/record/given-labels.ts';
import { ReleaseBody } from '../../shared/record/release-body.ts';
import { OVERVIEW_EXAMPLE, SectionOverview } from '../../shared/record/sections/found.ts';

const Kept = z
  .strictObject({
    ...DocumentView.shape,
    change: z.enum(['new', 'changed', 'unchanged']),
    sections: SectionOverview,
  })
  .meta({ id: 'KeptDocument' });

const keptAs = (change: 'new' | 'changed') => ({
  'application/json': {
    schema: Kept,
    example: { ...DOCUMENT_EXAMPLE, change, sections: OVERVIEW_EXAMPLE },
  },
});

const CLINICAL_DOCUMENT = '<ClinicalDocument xmlns="urn:hl7-org:v3">…</ClinicalDocument>';

export const OPERATIONS = {
  'PUT /v1/patients/{patientId}/record/documents/{documentId}': {
    id: 'keepDocument',
    summary:
      'Makes a document of at most 4.4 MB current in the record; the query says what a file that is no CDA document does not say itself.',
    query: LabelFields,
    body: {
      'text/xml': { example: CLINICAL_DOCUMENT },
      'application/xml': { example: CLINICAL_DOCUMENT },
      'application/octet-stream': { example: CLINICAL_DOCUMENT },
      'application/pdf': { example: '%PDF-1.7\n…\n%%EOF\n' },
      'text/plain': { example: 'Discharge letter …' },
      'application/fhir+json': { example: '{"resourceType":"Bundle","type":"collection"}' },
    },
    answers: {
      200: {
        summary: 'It was current already, or took the place of another',
        content: keptAs('changed'),
      },
      201: { summary: 'It is new in the record', content: keptAs('new') },
    },
    refusals: [
      'patient/bad-id',
      'patient/unknown',
      'patient/ambiguous',
      'record/bad-id',
      'record/too-large',
      'record/too-many',
      'record/patient-mismatch',
      'record/not-well-formed',
      'record/bad-encoding',
      'record/doctype',
      'record/too-deep',
      'record/too-complex',
      'record/header-too-large',
      'record/not-clinical-document',
      'record/not-pdf',
      'record/not-text',
      'record/not-fhir',
    ],
  },
  'DELETE /v1/patients/{patientId}/record/documents/{documentId}': {
    id: 'removeDocument',
    summary: 'Takes a document out of the record, if it is there.',
    answers: { 204: { summary: 'The record has no such document' } },
    refusals: ['patient/bad-id', 'patient/unknown', 'record/bad-id'],
  },
  'GET /v1/patients/{patientId}/record': {
    id: 'getRecord',
    summary: 'What the current record is made of, and which sections it has.',
    answers: {
      200: {
        summary: 'The documents, oldest first',
        content: {
          'application/json': {
            schema: z.strictObject({ documents: z.array(DocumentView), sections: SectionOverview }),
            example: { documents: [DOCUMENT_EXAMPLE], sections: OVERVIEW_EXAMPLE },
          },
        },
      },
    },
    refusals: ['patient/bad-id', 'patient/unknown'],
  },
  'POST /v1/patients/{patientId}/record/documents/{documentId}/release': {
    id: 'releaseDocument',
    summary:
      'Lets a sensitive document go that was held; of the bytes that somebody looked at, and no others.',
    body: {
      'application/json': { schema: ReleaseBody, example: { sha256: DOCUMENT_EXAMPLE.sha256 } },
    },
    answers: {
      200: {
        summary: 'It may go',
        content: {
          'application/json': {
            schema: DocumentView,
            example: { ...DOCUMENT_EXAMPLE, released: true },
          },
        },
      },
    },
    refusals: [
      'patient/bad-id',
      'patient/unknown',
      'record/bad-id',
      'record/unknown-document',
      'edge/precondition-failed',
    ],
  },
} satisfies Operations;
