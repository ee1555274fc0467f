import * as z from 'zod';
import type { Operations } from '../../shared/operation.ts';

const TAKEN = z.strictObject({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  replayed: z.boolean().meta({ description: 'Whether the same bytes were brought before.' }),
});

const MAIL = [
  'From: postmaster@direct.clinic.example',
  'To: records@direct.greenstreet.example',
  'Subject: processed',
  '',
  'A notice.',
  '',
].join('\r\n');

export const OPERATIONS = {
  'POST /v1/inbound-mail': {
    id: 'bringMail',
    summary:
      'Brings a mail that another server took in for us, as it came; what it says is read later.',
    body: { 'message/rfc822': { example: MAIL } },
    answers: {
      202: {
        summary: 'It lies where mail is read',
        content: {
          'application/json': {
            schema: TAKEN,
            example: {
              sha256: '3f2b6a1c0d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8',
              replayed: false,
            },
          },
        },
        headers: ['idempotency-replayed'],
      },
    },
  },
} satisfies Operations;
