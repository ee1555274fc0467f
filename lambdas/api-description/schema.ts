import * as z from 'zod';
import type { Operations } from '../../shared/operation.ts';

export const OPERATIONS = {
  'GET /v1/health': {
    id: 'getHealth',
    summary: 'Says that the API answers.',
    answers: {
      200: {
        summary: 'It answers',
        content: {
          'application/json': {
            schema: z.object({ status: z.literal('ok') }),
            example: { status: 'ok' },
          },
        },
      },
    },
  },
  'GET /v1/openapi.json': {
    id: 'getApiDescription',
    summary: 'This description of the API.',
    answers: {
      200: {
        summary: 'OpenAPI 3.1',
        content: {
          'application/json': {
            schema: z.looseObject({ openapi: z.string(), info: z.looseObject({}) }),
            example: { openapi: '3.1.0', info: { title: 'Direct Transmit', version: '1' } },
          },
        },
        headers: ['etag'],
      },
    },
  },
} satisfies Operations;
