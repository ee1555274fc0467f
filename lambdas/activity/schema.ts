import * as z from 'zod';
import type { Operations } from '../../shared/operation.ts';
import { ActivityView } from '../../shared/report/activity/view.ts';

const Page = z.strictObject({
  activity: z.array(ActivityView),
  nextCursor: z.string().optional(),
});

export const OPERATIONS = {
  'GET /v1/patients/{patientId}/activity': {
    id: 'listActivity',
    summary: 'What was done with the record: when, by whom and for whom, the newest first.',
    answers: {
      200: {
        summary: 'A page of the log',
        content: {
          'application/json': {
            schema: Page,
            example: {
              activity: [
                {
                  at: '2026-11-22T12:00:04.000Z',
                  action: 'copy-sent',
                  who: { kind: 'system' },
                  addressees: ['dr.lee@direct.clinic.example'],
                  requestId: 'req_abcdefghijklmnopqrstuvwxyz',
                  transmissionId: 'tx_abcdefghijklmnopqrstuvwxyz',
                  sentence: 'A copy of the record was sent.',
                },
                {
                  at: '2026-11-22T12:00:00.000Z',
                  action: 'request-made',
                  who: { kind: 'you' },
                  addressees: ['dr.lee@direct.clinic.example'],
                  requestId: 'req_abcdefghijklmnopqrstuvwxyz',
                  sentence: 'It was asked to send the record.',
                },
              ],
            },
          },
        },
      },
    },
    refusals: ['patient/merged', 'consent/authority-missing', 'consent/authority-ended'],
  },
} satisfies Operations;
