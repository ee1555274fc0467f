import * as z from 'zod';
import { ResolveBody } from '../../shared/deliver/resolve-body.ts';
import type { Operations } from '../../shared/operation.ts';
import { DecidedSchema, LineSchema, TransmissionSchema } from '../../shared/status/view-schema.ts';

const Page = z.strictObject({
  transmissions: z.array(LineSchema),
  nextCursor: z.string().optional(),
});

const LINE = {
  id: 'tx_abcdefghijklmnopqrstuvwxyz',
  requestId: 'req_abcdefghijklmnopqrstuvwxyz',
  address: 'dr.lee@direct.clinic.example',
  createdAt: '2026-11-22T12:00:00.000Z',
  status: 'failed',
  code: 'trust/expired',
  sentence: 'The certificate has expired.',
};

const TRANSMISSION = {
  ...LINE,
  timeline: [
    {
      at: '2026-11-22T12:00:00.000Z',
      kind: 'requested',
      sentence: 'A copy of the record was asked for.',
      trigger: 'discharge',
    },
    {
      at: '2026-11-22T12:00:02.000Z',
      kind: 'ended',
      sentence: 'The certificate has expired.',
      code: 'trust/expired',
    },
  ],
};

const json = (schema: z.ZodType, example: unknown) => ({
  'application/json': { schema, example },
});

const DECIDED = {
  200: {
    summary: 'How the copy stands now',
    content: json(DecidedSchema, { id: LINE.id, status: 'waiting' }),
    headers: ['idempotency-replayed'],
  },
};

/** Of whoever acts for a patient. */
const ACTING = ['patient/merged', 'consent/authority-missing', 'consent/authority-ended'];

export const OPERATIONS = {
  'GET /v1/patients/{patientId}/transmissions': {
    id: 'listTransmissions',
    summary: 'What became of the copies of a record, the newest first.',
    answers: { 200: { summary: 'A page', content: json(Page, { transmissions: [LINE] }) } },
    refusals: ACTING,
  },
  'GET /v1/transmissions/{transmissionId}': {
    id: 'readTransmission',
    summary: 'What became of one copy, step by step.',
    answers: { 200: { summary: 'The copy', content: json(TransmissionSchema, TRANSMISSION) } },
    refusals: ['transmission/unknown', ...ACTING],
  },
  'POST /v1/transmissions/{transmissionId}/retry': {
    id: 'retryTransmission',
    summary: 'Has the next attempt made at once, instead of at its time.',
    answers: DECIDED,
    refusals: [
      'transmission/unknown',
      'transmission/ended',
      'transmission/handed-over',
      'transmission/leased',
    ],
  },
  'POST /v1/transmissions/{transmissionId}/resolve': {
    id: 'resolveTransmission',
    summary: 'Says whether a copy left of which that is not known.',
    body: json(ResolveBody, { as: 'not-sent', attempt: 1 }),
    answers: DECIDED,
    refusals: ['transmission/unknown', 'deliver/not-uncertain', 'deliver/attempted-since'],
  },
} satisfies Operations;
