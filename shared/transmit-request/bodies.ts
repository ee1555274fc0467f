import * as z from 'zod';
import { PERSONAL_NAME, PRINTABLE } from '../characters.ts';
import { OnBehalfBody } from '../consent/on-behalf.ts';
import type { Change } from './amend/amendment.ts';

/** Bounds only: what an address or a frequency is, the transmit request itself says, with its own code. */
const Addresses = z.array(z.string().max(1000)).max(100);
const Kinds = z.array(z.string().max(100)).max(100);
const Until = z.iso.datetime({ offset: true });
const Reference = z.string().max(200).regex(PRINTABLE);
const Schedule = z.strictObject({
  at: z.string().max(100),
  timeZone: z.string().max(100),
  dayOfWeek: z.number().optional(),
  dayOfMonth: z.number().optional(),
});

/** What is no property of a request, but said of how it is asked for. */
const Asking = z.strictObject({
  consentId: z.string().max(100).optional().meta({
    description: 'The consent that is meant; absent: the newest answer of the patient.',
  }),
  signatureName: z.string().max(200).regex(PERSONAL_NAME).optional(),
  sendNow: z.boolean().default(true),
  onBehalf: OnBehalfBody.optional().meta({
    description: 'Of a provider: how the patient asked for it.',
  }),
});

export const RequestBody = Asking.extend({
  addresses: Addresses,
  frequency: z.string().max(100),
  schedule: Schedule.optional(),
  triggers: Kinds.optional(),
  until: Until.optional(),
  sender: z.string().max(1000).optional(),
  clientReference: Reference.optional(),
});

export type RequestBody = z.infer<typeof RequestBody>;

/** RFC 7396: what is null is removed. Inside it is a change to nothing. */
const changeOf = <T>(value: T | null | undefined): Change<T> | undefined => {
  if (value === undefined) return undefined;
  return value === null ? {} : { to: value };
};

const SchedulePatch = Schedule.partial()
  .extend({
    dayOfWeek: z.number().nullable().optional(),
    dayOfMonth: z.number().nullable().optional(),
  })
  .transform(({ dayOfWeek, dayOfMonth, ...time }) => ({
    ...time,
    dayOfWeek: changeOf(dayOfWeek),
    dayOfMonth: changeOf(dayOfMonth),
  }));

export const AmendmentBody = Asking.extend({
  addresses: Addresses.optional(),
  frequency: z.string().max(100).optional(),
  schedule: SchedulePatch.nullable().optional(),
  triggers: Kinds.nullable().optional(),
  until: Until.nullable().optional(),
  clientReference: Reference.nullable().optional(),
}).transform(({ schedule, triggers, until, clientReference, ...others }) => ({
  ...others,
  schedule: changeOf(schedule),
  triggers: changeOf(triggers),
  until: changeOf(until),
  clientReference: changeOf(clientReference),
}));

export type AmendmentBody = z.infer<typeof AmendmentBody>;

/** Without addresses all that are active are meant. */
export const SendBody = z.strictObject({ addresses: Addresses.min(1).optional() });

export type SendBody = z.infer<typeof SendBody>;

/** Without an address the whole request is meant. */
export const RevokeBody = z.strictObject({ address: z.string().max(1000).optional() });

export type RevokeBody = z.infer<typeof RevokeBody>;

/** Without an address the request and all its paused addresses are meant. */
export const ResumeBody = z.strictObject({
  address: z.string().max(1000).optional(),
  /** Of a provider: how the patient wants it. */
  onBehalf: OnBehalfBody.optional(),
});

export type ResumeBody = z.infer<typeof ResumeBody>;
