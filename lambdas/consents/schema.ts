import * as z from 'zod';
import { ConsentBody } from '../../shared/consent/body.ts';
import { ConsentView } from '../../shared/consent/view.ts';
import type { Operations } from '../../shared/operation.ts';
import { LeavingSchema } from '../../shared/status/view-schema.ts';

const Text = z
  .strictObject({
    language: z.string(),
    version: z.string(),
    sha256: z.string(),
    text: z.string().meta({ description: 'In Markdown.' }),
  })
  .meta({ id: 'ConsentText' });

const Recorded = ConsentView.extend({
  runningRequests: z
    .array(z.string())
    .optional()
    .meta({ description: 'Of a rejection: what goes on.' }),
  revokedRequests: z
    .array(z.string())
    .optional()
    .meta({ description: 'Of a withdrawal: what it ended.' }),
  inFlight: z
    .array(LeavingSchema)
    .optional()
    .meta({ description: 'Of a withdrawal: the copies that may be leaving nevertheless.' }),
}).meta({ id: 'RecordedConsent' });

const Page = z.strictObject({
  consents: z.array(ConsentView),
  nextCursor: z.string().optional(),
});

const SHA256 = '0f3b0c1f8a6d4e27b95c6a0d7e1f2a3b4c5d6e7f8091a2b3c4d5e6f708192a3b';
const SHOWN = { language: 'en', version: '2026-11-22', sha256: SHA256 };
const TEXT = { ...SHOWN, text: '# Sending your health record\n\nYou are asking …' };
const CONSENT = {
  id: 'con_4f3c2a1b0d9e8f7a6b5c4d3e2f',
  patientId: 'ana',
  decision: 'accepted',
  text: SHOWN,
  actor: { kind: 'patient', subject: 'user-17' },
  signatureName: 'Ana Rivera',
  at: '2026-11-22T12:00:00.000Z',
};

const json = (schema: z.ZodType, example: unknown) => ({
  'application/json': { schema, example },
});

const TEXT_ANSWER = {
  200: { summary: 'The text', content: json(Text, TEXT), headers: ['etag'] },
} as const;
/** Of whoever acts for a patient. */
const ACTING = [
  'patient/bad-id',
  'patient/unknown',
  'patient/merged',
  'consent/authority-missing',
  'consent/authority-ended',
];

export const OPERATIONS = {
  'GET /v1/consent-texts/{language}': {
    id: 'readCurrentConsentText',
    summary: 'The consent text that is to be shown now, in a language.',
    answers: TEXT_ANSWER,
    refusals: ['consent/unknown-text'],
  },
  'GET /v1/consent-texts/{language}/{version}': {
    id: 'readConsentText',
    summary: 'A consent text as it was published, of whatever version.',
    answers: TEXT_ANSWER,
    refusals: ['consent/unknown-text'],
  },
  'POST /v1/patients/{patientId}/consents': {
    id: 'recordConsent',
    summary:
      'Keeps what the patient answered to the consent text, or takes back what was accepted.',
    body: json(ConsentBody, {
      decision: 'accepted',
      text: SHOWN,
      signatureName: 'Ana Rivera',
    }),
    answers: { 201: { summary: 'It is on record', content: json(Recorded, CONSENT) } },
    refusals: [
      ...ACTING,
      'consent/basis-missing',
      'consent/outdated-text',
      'consent/text-mismatch',
      'consent/too-many',
      'consent/unknown-text',
    ],
  },
  'GET /v1/patients/{patientId}/consents': {
    id: 'listConsents',
    summary: 'What the patient has answered so far, newest first.',
    answers: { 200: { summary: 'A page', content: json(Page, { consents: [CONSENT] }) } },
    refusals: ACTING,
  },
  'GET /v1/patients/{patientId}/consents/{consentId}': {
    id: 'readConsent',
    summary: 'One answer of the patient.',
    answers: { 200: { summary: 'The answer', content: json(ConsentView, CONSENT) } },
    refusals: [...ACTING, 'consent/unknown'],
  },
} satisfies Operations;
