import * as z from 'zod';
import { PERSONAL_NAME, PRINTABLE } from '../../shared/characters.ts';
import type { Operations } from '../../shared/operation.ts';
import { isSystem, normalIdentifiers } from '../../shared/patient/identifier.ts';

const name = z.string().min(1).max(200).regex(PERSONAL_NAME);

const IdentifierBody = z.strictObject({
  system: z.string().max(200).refine(isSystem),
  value: z.string().trim().min(1).max(200).regex(PRINTABLE),
});

export const PatientBody = z.strictObject({
  identifiers: z.array(IdentifierBody).min(1).max(20).transform(normalIdentifiers),
  name: z.strictObject({ family: name, given: z.array(name).max(10) }),
  birthDate: z.iso.date(),
  sex: z.enum(['female', 'male', 'other', 'unknown']),
  language: z
    .string()
    .max(35)
    .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$/),
  deceased: z.boolean().optional(),
  /** The day, or the time with its zone. */
  deceasedAt: z.union([z.iso.date(), z.iso.datetime({ offset: true })]).optional(),
});

export type PatientBody = z.infer<typeof PatientBody>;

/** The registration that is given up; the one that stays is named in the path. */
export const MergeBody = z.strictObject({ from: z.string().min(1).max(200) });

export type MergeBody = z.infer<typeof MergeBody>;

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
