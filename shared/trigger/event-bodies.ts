import * as z from 'zod';
import { PRINTABLE } from '../characters.ts';

const text = z.string().min(1).max(200);

/** A list of events, or one event by itself. What each event must be is asked of each: one bad event spoils no list. */
export const EventsBody = z
  .looseObject({ events: z.array(z.unknown()).min(1).max(100).optional() })
  .refine((body) => body.events === undefined || Object.keys(body).length === 1);

export type EventsBody = z.infer<typeof EventsBody>;

/** One event. Of which type it is, and of what time, the trigger says, with its own code. */
export const EventBody = z
  .strictObject({
    eventId: text.regex(PRINTABLE),
    type: text,
    patientId: text.optional(),
    patientIdentifier: z.strictObject({ system: text, value: text }).optional(),
    occurredAt: text,
    /** Takes back what was reported of this type until `occurredAt`, as far as nothing was sent for it. */
    cancels: z.boolean().optional(),
  })
  .refine((body) => (body.patientId === undefined) !== (body.patientIdentifier === undefined));

export type EventBody = z.infer<typeof EventBody>;
