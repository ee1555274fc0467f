import { EVENT_TYPES } from '../event-types.ts';
import {
  type AddressKey,
  addressKeyOf,
  type DirectAddress,
  type PatientId,
  type PatientKey,
  sha256,
  triggerIdOf,
} from '../ids.ts';
import { done, fail, type Outcome } from '../outcome.ts';
import type { TransmitRequest } from '../transmit-request/transmit-request.ts';
import type { EventType, Trigger } from './trigger.ts';

/** What a system reported, its patient not yet looked up. */
export interface ReportedEvent {
  readonly eventId: string;
  readonly type: EventType;
  /** ISO 8601 UTC. */
  readonly occurredAt: string;
  /** It takes back what was reported of its type until then. */
  readonly cancels?: boolean | undefined;
}

/** The two ids of a patient, as a trigger carries them. */
export interface Whose {
  readonly id: PatientId;
  readonly key: PatientKey;
}

/** How far the clocks of two houses may be apart. */
const CLOCK_SKEW_SECONDS = 300;

/** RFC 3339 section 5.6, date-time; a leap second is refused, because no clock here can hold it. */
const RFC_3339 =
  /^(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/i;

/**
 * @param kinds the data holder's own, beside those that there are
 * @failure trigger/unknown-type
 */
export function parseEventType(text: string, kinds: readonly string[]): Outcome<EventType> {
  const type = EVENT_TYPES.find((each) => each === text);
  if (type !== undefined) return done(type);
  return kinds.includes(text) ? done(text as EventType) : fail('trigger/unknown-type');
}

/**
 * Reads the time of an event, with its zone, and gives it in UTC.
 *
 * @failure trigger/bad-time not RFC 3339, no day of the calendar, or more than five minutes ahead of us
 */
export function parseOccurredAt(text: string, now: Date): Outcome<string> {
  const time = parseTime(text);
  if (time === undefined) return fail('trigger/bad-time');
  const ahead = time.getTime() - now.getTime() > CLOCK_SKEW_SECONDS * 1000;
  return ahead ? fail('trigger/bad-time') : done(time.toISOString());
}

function parseTime(text: string): Date | undefined {
  const parts = RFC_3339.exec(text);
  if (parts === null) return undefined;
  // Day 0 of the next month is the last of this one; Date.parse would roll 30 February over in silence.
  const lastDay = new Date(Date.UTC(Number(parts[1]), Number(parts[2]), 0)).getUTCDate();
  return Number(parts[3]) <= lastDay ? new Date(text.toUpperCase()) : undefined;
}

/** @param source who reported it: two sources may use the same event ids */
export const eventTrigger = (
  source: string,
  { eventId, type, occurredAt, cancels }: ReportedEvent,
  { id, key }: Whose,
  now: Date,
): Trigger => ({
  id: triggerIdOf(`event ${source}`, eventId),
  kind: type,
  patientId: id,
  patientKey: key,
  occurredAt,
  receivedAt: now.toISOString(),
  ...(cancels ? { cancels } : {}),
  contentSha256: sha256(JSON.stringify([type, id, occurredAt, ...(cancels ? ['cancels'] : [])])),
});

/** What makes a trigger of one request that trigger. */
type OfOne = Pick<Trigger, 'id' | 'kind' | 'occurredAt' | 'addresses'> & {
  /** Of which the hash is kept. */
  readonly content: readonly unknown[];
};

const triggerOf = (
  { id, patientId, patientKey }: TransmitRequest,
  now: Date,
  { content, ...own }: OfOne,
): Trigger => ({
  ...own,
  patientId,
  patientKey,
  receivedAt: now.toISOString(),
  requestId: id,
  contentSha256: sha256(JSON.stringify(content)),
});

/** The press of Share is itself a reason to send: once for each request, however often the call is repeated. */
export const requestedTrigger = (request: TransmitRequest, now: Date): Trigger =>
  triggerOf(request, now, {
    id: triggerIdOf('request', request.id),
    kind: 'requested',
    occurredAt: request.createdAt,
    content: ['requested', request.id, request.createdAt],
  });

/** Who is added to a request gets a copy at once: once for each version of it. */
export const addedTrigger = (
  request: TransmitRequest,
  added: readonly DirectAddress[],
  now: Date,
): Trigger => {
  const next = request.version + 1;
  const addresses = added.map(addressKeyOf);
  return triggerOf(request, now, {
    id: triggerIdOf('request', `${request.id} ${next}`),
    kind: 'requested',
    occurredAt: now.toISOString(),
    // Whoever asks for one copy is served by the first batch, so it has to be for all.
    ...(request.frequency === 'once' ? {} : { addresses }),
    content: ['added', request.id, next, addresses],
  });
};

/** What was paused before its one copy was opened has lost its reason to send, and is let go on: once for each version. */
export const resumedTrigger = (request: TransmitRequest, now: Date): Trigger => {
  const next = request.version + 1;
  return triggerOf(request, now, {
    id: triggerIdOf('request', `${request.id} ${next}`),
    kind: 'requested',
    occurredAt: now.toISOString(),
    content: ['resumed', request.id, next],
  });
};

/** One copy more is wanted now: once for each key of a caller. */
export const extraTrigger = (
  request: TransmitRequest,
  only: readonly AddressKey[] | undefined,
  { by, key }: { readonly by: string; readonly key: string },
  now: Date,
): Trigger =>
  triggerOf(request, now, {
    id: triggerIdOf('send', JSON.stringify([request.id, by, key])),
    kind: 'requested',
    occurredAt: now.toISOString(),
    ...(only === undefined ? {} : { addresses: only }),
    content: ['extra', request.id, only?.toSorted() ?? 'all'],
  });

/** A slot of the schedule of a request is a reason to send: once, however often it is found to have come. */
export const scheduledTrigger = (request: TransmitRequest, slot: Date, now: Date): Trigger => {
  const occurredAt = slot.toISOString();
  return triggerOf(request, now, {
    id: triggerIdOf('schedule', `${request.id} ${occurredAt}`),
    kind: 'scheduled',
    occurredAt,
    content: ['scheduled', request.id, occurredAt],
  });
};
