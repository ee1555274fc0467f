import * as z from 'zod';
import { Actor, OnBehalfView } from '../consent/view.ts';
import { LANGUAGES } from '../language.ts';

const Moment = z.iso.datetime();
const FrequencyView = z.enum(['once', 'on-update', 'daily', 'weekly', 'monthly']);

const ScheduleView = z
  .strictObject({
    at: z.string().meta({ description: '`HH:MM`, by the clock on the wall.' }),
    timeZone: z.string().meta({ description: 'A name of the IANA time zone database.' }),
    dayOfWeek: z.int().optional().meta({ description: '1 (Monday) to 7, of `weekly`.' }),
    dayOfMonth: z.int().optional().meta({ description: '1 to 31, of `monthly`.' }),
  })
  .meta({ id: 'Schedule' });

const PauseView = z.strictObject({
  code: z.string().meta({ description: 'Why.' }),
  at: Moment,
  sentence: z.string().meta({ description: 'What that means, in the language of the call.' }),
  recheckAt: Moment.optional().meta({ description: 'When it is looked at again.' }),
});

const AddressView = z
  .strictObject({
    address: z.string(),
    status: z.enum(['active', 'paused', 'revoked']),
    addedAt: Moment.optional().meta({ description: 'Where it was not named from the first.' }),
    revokedAt: Moment.optional(),
    paused: PauseView.optional(),
    resumedAt: Moment.optional(),
  })
  .meta({ id: 'RequestAddress' });

const DirectiveView = z
  .strictObject({
    consentId: z.string().optional().meta({ description: 'The consent on which it rests.' }),
    basis: z.literal('holder-attested').optional(),
    narrows: z
      .literal(true)
      .optional()
      .meta({ description: 'It asks for nothing more than before, and rests on no consent.' }),
    addresses: z.array(z.string()),
    frequency: FrequencyView,
    schedule: ScheduleView.optional(),
    triggers: z.array(z.string()).optional(),
    until: Moment.optional(),
    signatureName: z.string().optional(),
    actor: Actor,
    authorityEndsAt: Moment.optional(),
    onBehalf: OnBehalfView.optional(),
    sendNow: z.boolean().optional(),
    at: Moment,
    sha256: z.string(),
  })
  .meta({ id: 'Directive', description: 'What was asked for, word for word: the evidence.' });

const ResumptionView = z
  .strictObject({
    actor: Actor,
    authorityEndsAt: Moment.optional(),
    onBehalf: OnBehalfView.optional(),
    at: Moment,
  })
  .meta({ id: 'Resumption' });

/** A request as lists have it. */
export const RequestView = z
  .strictObject({
    id: z.string(),
    patientId: z.string(),
    status: z.enum(['active', 'paused', 'revoked']),
    frequency: FrequencyView,
    schedule: ScheduleView.optional(),
    triggers: z
      .array(z.string())
      .optional()
      .meta({ description: 'Which events are a reason to send; absent: all.' }),
    addresses: z
      .array(AddressView)
      .meta({ description: 'As they were asked for last, behind them those that were stopped.' }),
    sender: z.string(),
    language: z.enum(LANGUAGES).optional(),
    until: Moment.optional(),
    clientReference: z.string().optional(),
    consentId: z.string().optional(),
    basis: z.literal('holder-attested').optional(),
    signatureName: z.string().optional(),
    directiveSha256: z.string(),
    createdAt: Moment,
    createdBy: z.enum(['patient', 'representative', 'provider', 'system', 'admin']),
    authorityEndsAt: Moment.optional().meta({
      description: 'When the authority of the representative ends on which it rests.',
    }),
    servedAt: Moment.optional(),
    nextRunAt: Moment.optional(),
    reviewAt: Moment.optional(),
    reviewReportedAt: Moment.optional(),
    pausesAt: Moment.optional(),
    paused: PauseView.optional(),
    revokedAt: Moment.optional(),
    version: z.int().meta({ description: 'Counts changes; the `ETag` is made of it.' }),
  })
  .meta({ id: 'TransmitRequest' });

/** The same alone. */
export const WholeRequestView = RequestView.extend({
  directives: z
    .array(DirectiveView)
    .meta({ description: 'What was asked for at first, and with every change since.' }),
  resumptions: z
    .array(ResumptionView)
    .optional()
    .meta({ description: 'Who let it go on when it was paused or reviewed: the last 20.' }),
}).meta({ id: 'WholeTransmitRequest' });

export const LEE = 'dr.lee@direct.clinic.example';
const AT = '2026-11-22T12:00:00.000Z';
const SHA256 = '0f3b0c1f8a6d4e27b95c6a0d7e1f2a3b4c5d6e7f8091a2b3c4d5e6f708192a3b';
const CONSENT = 'con_4f3c2a4bod2e5f7a6b5c4d3e2f';
const ASKED = { addresses: [LEE], frequency: 'on-update' };
export const REQUEST_EXAMPLE = {
  id: 'req_7docbf2f4b6a3e35aaaabbbbcc',
  patientId: 'ana',
  status: 'active',
  frequency: 'on-update',
  addresses: [{ address: LEE, status: 'active' }],
  sender: 'records@direct.greenstreet.example',
  language: 'en',
  clientReference: 'portal-77',
  consentId: CONSENT,
  directiveSha256: SHA256,
  createdAt: AT,
  createdBy: 'patient',
  reviewAt: '2027-12-22T12:00:00.000Z',
  version: 1,
};
const DIRECTIVE = {
  ...ASKED,
  consentId: CONSENT,
  actor: { kind: 'patient', subject: 'user-17' },
  sendNow: true,
  at: AT,
  sha256: SHA256,
};
export const WHOLE_EXAMPLE = { ...REQUEST_EXAMPLE, directives: [DIRECTIVE] };
export const REVOKED_EXAMPLE = {
  ...WHOLE_EXAMPLE,
  status: 'revoked',
  addresses: [{ address: LEE, status: 'revoked', revokedAt: AT }],
  revokedAt: AT,
  version: 2,
};
