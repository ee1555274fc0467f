import * as z from 'zod';
import type { Fact } from '../transmission/facts.ts';
import type { Status } from './status.ts';

const STATUSES = [
  'waiting',
  'sending',
  'sent',
  'processed',
  'uncertain',
  'delivered',
  'failed',
  'stopped',
] as const satisfies readonly Status[];

const StatusName = z.enum(STATUSES).meta({
  id: 'TransmissionStatus',
  description: '`delivered`, `failed` and `stopped` are ends.',
});

const Code = z
  .string()
  .meta({ description: 'Why; present exactly when it failed or was stopped.' });
const Sentence = z.string().meta({ description: 'What the code means to a patient.' });

const TimelineEntry = z.strictObject({
  at: z.iso.datetime(),
  kind: z.string() as z.ZodType<Fact['kind']>,
  sentence: z.string(),
  code: z.string().optional(),
  trigger: z.string().optional().meta({ description: 'A kind of event, or `xdr`.' }),
  detail: z.string().optional(),
  attempt: z.int().optional(),
  messageId: z.string().optional(),
  messageBytes: z.int().optional(),
  proved: z.enum(['mailbox', 'service']).optional(),
  hisp: z.enum(['clear', 'xdr']).optional(),
  revocation: z.enum(['unknown', 'not-named']).optional(),
  excluded: z.int().optional(),
  nextAttemptAt: z.iso.datetime().optional(),
});

/** Of a copy, whether it stands alone or among many. */
const OF_COPY = {
  id: z.string(),
  requestId: z.string(),
  clientReference: z.string().optional(),
  address: z.string(),
  createdAt: z.iso.datetime(),
  isProbe: z.literal(true).optional().meta({ description: 'It carries no health data.' }),
  status: StatusName,
  code: Code.optional(),
  sentence: Sentence.optional(),
};

/** What is answered of one copy: `TransmissionView`. */
export const TransmissionSchema = z
  .strictObject({
    ...OF_COPY,
    submittedAs: z.string().optional(),
    basis: z.literal('holder-attested').optional(),
    after: z
      .string()
      .optional()
      .meta({ description: 'The transmission that has to arrive first.' }),
    timeline: z.array(TimelineEntry),
  })
  .meta({ id: 'Transmission' });

/** What is answered of one copy among many. */
export const LineSchema = z.strictObject(OF_COPY).meta({ id: 'TransmissionLine' });

/** What is answered of a copy that may be leaving although it was stopped: `InFlight`. */
export const LeavingSchema = z.strictObject({
  transmissionId: z.string(),
  requestId: z.string(),
  clientReference: z.string().optional(),
  address: z.string(),
});

/** What is answered to an operator who decided something about a copy. */
export const DecidedSchema = z.strictObject({
  id: z.string(),
  status: StatusName,
  code: Code.optional(),
});
