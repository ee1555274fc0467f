import * as z from 'zod';
import { REPORT_TYPES } from '../../../shared/report/report.ts';
import { Code } from './problems.ts';
import type { Json, Schemas } from './schemas.ts';

const Told = z
  .strictObject({
    type: z.enum(REPORT_TYPES),
    timestamp: z.iso.datetime().meta({ description: 'When it happened.' }),
    data: z.strictObject({
      id: z.string(),
      requestId: z.string(),
      transmissionId: z.string().optional(),
      clientReference: z.string().optional(),
      code: Code.optional(),
      sequence: z
        .int()
        .optional()
        .meta({ description: 'Orders the reports about one transmission.' }),
    }),
  })
  .meta({ id: 'Report' });

const EXAMPLE = {
  type: 'transmission.failed',
  timestamp: '2026-11-22T12:15:30.000Z',
  data: {
    id: 'rep_abcdefghijklmnopqrstuvwxyz',
    requestId: 'req_abcdefghijklmnopqrstuvwxyz',
    transmissionId: 'tx_abcdefghijklmnopqrstuvwxyz',
    clientReference: 'visit 7',
    code: 'discover/no-certificate',
    sequence: 4,
  },
};

const HEADERS = {
  'webhook-id': 'The same when it is told again.',
  'webhook-timestamp': 'When it is told, in seconds since 1970.',
  'webhook-signature':
    '`v1,` and an HMAC-SHA256 of id, timestamp and body, in base64; several, parted by blanks.',
};

/** What is posted to the webhooks that the data holder added. */
export const webhooksOf = (schemas: Schemas): Json => ({
  report: {
    post: {
      operationId: 'takeReport',
      tags: ['webhooks'],
      summary: 'What became of a copy or a request is told, as Standard Webhooks 1.0.0 has it.',
      description:
        'docs/webhooks.md says how it is verified, and what happens when it is not taken.',
      security: [],
      parameters: Object.entries(HEADERS).map(([name, description]) => ({
        name,
        in: 'header',
        required: true,
        description,
        schema: { type: 'string' },
      })),
      requestBody: {
        required: true,
        content: { 'application/json': { schema: schemas.given(Told), example: EXAMPLE } },
      },
      responses: {
        '2XX': { description: 'Taken.' },
        '410': { description: 'The webhook is given up at once.' },
      },
    },
  },
});
