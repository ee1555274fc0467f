import * as z from 'zod';
import type { Operations } from '../../shared/operation.ts';
import { MergeBody, PatientBody } from '../../shared/patient/bodies.ts';
import { PatientView } from '../../shared/patient/view.ts';

const RegistrationAnswer = z.strictObject({
  patientId: z.string(),
  change: z.enum(['registered', 'changed', 'unchanged']),
  /** How many there are, each counted once. */
  identifiers: z.int(),
});

const MergeAnswer = z.strictObject({
  patientId: z.string(),
  from: z.string(),
  change: z.enum(['merged', 'unchanged']),
  /** Requests of the registration that stays, paused until somebody who may ask resumes each. */
  paused: z.array(z.string()),
  /** Requests of the registration that was given up, paused for good. */
  leftBehind: z.array(z.string()),
});

const JSON_TYPE = 'application/json';

const ANA = {
  identifiers: [{ system: '2.16.840.1.113883.19.5', value: 'MRN-0001' }],
  name: { family: 'Rivera', given: ['Ana'] },
  birthDate: '1984-02-29',
  sex: 'female',
  language: 'es-US',
};

const registered = (summary: string, change: z.infer<typeof RegistrationAnswer>['change']) => ({
  summary,
  content: {
    [JSON_TYPE]: {
      schema: RegistrationAnswer,
      example: { patientId: 'ana', change, identifiers: 1 },
    },
  },
});

export const OPERATIONS = {
  'GET /v1/patients/{patientId}': {
    id: 'readPatient',
    summary: 'Whom a screen is about, as what the caller acts, and who holds the record.',
    answers: {
      200: {
        summary: 'The patient',
        content: {
          [JSON_TYPE]: {
            schema: PatientView,
            example: {
              patientId: 'ana',
              name: ANA.name,
              language: ANA.language,
              caller: 'representative',
              holder: 'Green Street Pharmacy',
            },
          },
        },
      },
    },
    refusals: [
      'patient/bad-id',
      'patient/unknown',
      'patient/merged',
      'consent/authority-missing',
      'consent/authority-ended',
    ],
  },
  'PUT /v1/patients/{patientId}': {
    id: 'registerPatient',
    summary: 'Registers a patient, or replaces what was registered.',
    body: { [JSON_TYPE]: { schema: PatientBody, example: ANA } },
    answers: {
      200: registered('The patient was registered before.', 'changed'),
      201: registered('The patient is registered now.', 'registered'),
    },
    refusals: ['patient/bad-id', 'patient/merged'],
  },
  'POST /v1/patients/{patientId}/merge': {
    id: 'mergePatients',
    summary: 'Merges another registration of the same person into this one.',
    body: { [JSON_TYPE]: { schema: MergeBody, example: { from: 'ana-2' } } },
    answers: {
      200: {
        summary: "Merged: its identifiers are this one's, and the requests of both are paused.",
        headers: ['idempotency-replayed'],
        content: {
          [JSON_TYPE]: {
            schema: MergeAnswer,
            example: {
              patientId: 'ana',
              from: 'ana-2',
              change: 'merged',
              paused: ['req_7d0c1f2f4b6a9e35'],
              leftBehind: [],
            },
          },
        },
      },
    },
    refusals: [
      'patient/bad-id',
      'patient/unknown',
      'patient/same',
      'patient/merged',
      'patient/merged-elsewhere',
      'patient/too-many-identifiers',
    ],
  },
} satisfies Operations;
