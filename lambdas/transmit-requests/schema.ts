import * as z from 'zod';
import { OnBehalfBody } from '../../shared/consent/on-behalf.ts';
import { PERSONAL_NAME, PRINTABLE } from '../../shared/characters.ts';

/** Bounds only: what an address or a frequency is, the transmit request itself says, with its own code. */
export const RequestBody = z.strictObject({
  addresses: z.array(z.string().max(1000)).max(100),
  frequency: z.string().max(100),
  schedule: z
    .strictObject({
      at: z.string().max(100),
      timeZone: z.string().max(100),
      dayOfWeek: z.number().optional(),
      dayOfMonth: z.number().optional(),
    })
    .optional(),
  triggers: z.array(z.string().max(100)).max(100).optional(),
  consentId: z.string().max(100).optional(),
  until: z.iso.datetime({ offset: true }).optional(),
  sender: z.string().max(1000).optional(),
  signatureName: z.string().max(200).regex(PERSONAL_NAME).optional(),
  clientReference: z.string().max(200).regex(PRINTABLE).optional(),
  sendNow: z.boolean().default(true),
  /** Of a provider: how the patient asked for it. */
  onBehalf: OnBehalfBody.optional(),
});

export type RequestBody = z.infer<typeof RequestBody>;

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
