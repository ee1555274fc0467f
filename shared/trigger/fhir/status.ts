import * as z from 'zod';
import { Reference, Word } from './reference.ts';

/**
 * What a subscription says of itself and of what happened, in its two spellings.
 *
 * @see https://hl7.org/fhir/uv/subscriptions-backport/STU1.1/StructureDefinition-backport-subscription-status-r4.html
 * @see https://hl7.org/fhir/R5/subscriptionstatus.html
 */

/** What was asked for by `$status` or `$events` is an answer and no notification. */
const Type = z.enum(['handshake', 'heartbeat', 'event-notification']);

/** R4 has no 64-bit integer and R5 writes it as text. */
const Count = z
  .union([z.string().regex(/^\d{1,15}$/), z.int().min(0)])
  .transform((value) => Number(value));

const Event = z.looseObject({
  eventNumber: Count,
  timestamp: Word.optional(),
  /** None in a notification of payload `empty`. */
  focus: Reference.optional(),
  additionalContext: z.array(Reference).max(100).default([]),
});

export type NotedEvent = z.infer<typeof Event>;

const SubscriptionStatus = z
  .looseObject({
    resourceType: z.literal('SubscriptionStatus'),
    type: Type,
    subscription: Reference.extend({ reference: Word }),
    topic: Word.optional(),
    eventsSinceSubscriptionStart: Count.optional(),
    notificationEvent: z.array(Event).max(100).default([]),
  })
  .refine((status) => status.type !== 'event-notification' || status.notificationEvent.length > 0, {
    path: ['notificationEvent'],
  });

const value = {
  name: Word,
  valueReference: Reference.optional(),
  valueCode: Word.optional(),
  valueCanonical: Word.optional(),
  valueUri: Word.optional(),
  valueInstant: Word.optional(),
  valueDateTime: Word.optional(),
  valueString: Count.optional(),
  valueInteger: Count.optional(),
  valueUnsignedInt: Count.optional(),
  valuePositiveInt: Count.optional(),
  valueInteger64: Count.optional(),
};

/** Of the parameters that are read, only numbers come as text. */
const ReadPart = z.looseObject(value);
const READ = new Set([
  'subscription',
  'topic',
  'type',
  'events-since-subscription-start',
  'notification-event',
  'event-number',
  'timestamp',
  'focus',
  'additional-context',
]);

/** What goes by another name is somebody's own and let be. */
const Unread = z
  .looseObject({ name: Word.refine((name) => !READ.has(name)) })
  .transform(({ name }): ReadPart => ({ name }));

type ReadPart = z.infer<typeof ReadPart>;

const Part = z.union([ReadPart, Unread]);
const ReadParameter = ReadPart.extend({ part: z.array(Part).max(200).optional() });
type ReadParameter = z.infer<typeof ReadParameter>;
const Parameter = z.union([ReadParameter, Unread]);

const numberIn = (part: ReadPart | undefined): number | undefined =>
  part?.valueString ??
  part?.valueInteger64 ??
  part?.valueInteger ??
  part?.valueUnsignedInt ??
  part?.valuePositiveInt;

const named = <P extends ReadPart>(parts: readonly P[], name: string): readonly P[] =>
  parts.filter((each) => each.name === name);

function eventOf({ part = [] }: ReadParameter): object {
  const [time] = named(part, 'timestamp');
  return {
    eventNumber: numberIn(named(part, 'event-number')[0]),
    timestamp: time?.valueInstant ?? time?.valueDateTime,
    focus: named(part, 'focus')[0]?.valueReference,
    additionalContext: named(part, 'additional-context').flatMap(
      ({ valueReference }) => valueReference ?? [],
    ),
  };
}

/** The parameters of R4 put as the resource that R5 made of them; what is missing then, that one's schema says. */
const Parameters = z
  .looseObject({
    resourceType: z.literal('Parameters'),
    parameter: z.array(Parameter).min(1).max(200),
  })
  .transform(({ parameter }) => {
    const [topic] = named(parameter, 'topic');
    const status: object = {
      resourceType: 'SubscriptionStatus',
      type: named(parameter, 'type')[0]?.valueCode,
      subscription: named(parameter, 'subscription')[0]?.valueReference,
      topic: topic?.valueCanonical ?? topic?.valueUri,
      eventsSinceSubscriptionStart: numberIn(
        named(parameter, 'events-since-subscription-start')[0],
      ),
      notificationEvent: named(parameter, 'notification-event').map(eventOf),
    };
    return status as z.input<typeof SubscriptionStatus>;
  })
  .pipe(SubscriptionStatus);

export const Status = z.discriminatedUnion('resourceType', [Parameters, SubscriptionStatus]);

export type Status = z.infer<typeof SubscriptionStatus>;
