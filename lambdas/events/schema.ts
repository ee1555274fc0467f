import * as z from 'zod';
import type { Operations } from '../../shared/operation.ts';
import { EventBody } from '../../shared/trigger/event-bodies.ts';
import { FHIR_JSON, NotificationBundle } from '../../shared/trigger/fhir/bundle.ts';

/** What is told of one event. */
const Result = z
  .strictObject({
    eventId: z.string().optional(),
    result: z.enum(['accepted', 'duplicate', 'ignored', 'refused']),
    triggerId: z.string().optional(),
    requests: z
      .int()
      .min(0)
      .optional()
      .meta({ description: 'How many active requests follow it.' }),
    code: z.string().optional(),
    sentence: z.string().optional(),
    errors: z.array(z.strictObject({ pointer: z.string(), code: z.string() })).optional(),
  })
  .meta({ id: 'EventResult' });

const Gap = z.strictObject({ from: z.int(), to: z.int() });

const Taken = z.strictObject({
  type: z
    .enum(['handshake', 'heartbeat', 'event-notification'])
    .optional()
    .meta({ description: 'Of a notification of FHIR.' }),
  results: z.array(Result),
  gaps: z.array(Gap).optional().meta({ description: 'Event numbers that did not come.' }),
});

const EVENT = {
  eventId: 'visit-7-end',
  type: 'encounter-ended',
  patientId: 'ana',
  occurredAt: '2026-11-22T12:00:00Z',
};
const ACCEPTED = {
  eventId: 'visit-7-end',
  result: 'accepted',
  triggerId: 'trg_abcdefghijklmnopqrstuvwxyz',
  requests: 1,
};
/** A patient is discharged, in HL7 v2; segments end with CR. */
const MESSAGE = [
  'MSH|^~\\&|EHR|HOUSE|DIRECT|HOUSE|20261122060500-0600||ADT^A03^ADT_A03|MSG-1|P|2.5.1||||||UNICODE UTF-8',
  'EVN||20261122060000-0600',
  'PID|1||MRN-0001^^^HOUSE&2.16.840.1.113883.19.5.77&ISO^MR||Rivera^Ana',
  'PV1|1|I',
  '',
].join('\r');

const ACKNOWLEDGEMENT = [
  'MSH|^~\\&|DIRECT|HOUSE|EHR|HOUSE|20261122120501+0000||ACK^A03^ACK|ACK-1|P|2.5.1||||||UNICODE UTF-8',
  'MSA|AA|MSG-1',
  '',
].join('\r');

/** The end of an encounter, as a FHIR R4 server says it. */
const NOTIFICATION = {
  resourceType: 'Bundle',
  type: 'history',
  entry: [
    {
      resource: {
        resourceType: 'Parameters',
        parameter: [
          {
            name: 'subscription',
            valueReference: { reference: 'https://ehr.example/fhir/Subscription/ended' },
          },
          { name: 'type', valueCode: 'event-notification' },
          {
            name: 'notification-event',
            part: [
              { name: 'event-number', valueString: '1' },
              { name: 'timestamp', valueInstant: '2026-11-22T06:00:00-06:00' },
              { name: 'focus', valueReference: { reference: 'Encounter/e-1' } },
              { name: 'additional-context', valueReference: { reference: 'Patient/ana' } },
            ],
          },
        ],
      },
    },
  ],
};

const ER7 = 'x-application/hl7-v2+er7';

export const OPERATIONS = {
  'POST /v1/events': {
    id: 'reportEvents',
    summary:
      'Says what happened to patients: in JSON, as HL7 v2 or as a notification of FHIR (docs/events.md).',
    body: {
      'application/json': {
        schema: z.union([
          EventBody,
          z.strictObject({ events: z.array(EventBody).min(1).max(100) }),
        ]),
        example: EVENT,
      },
      [FHIR_JSON.type]: { schema: NotificationBundle, example: NOTIFICATION },
      [ER7]: { example: MESSAGE },
    },
    answers: {
      200: {
        summary:
          'A handshake or a heartbeat of FHIR; or an acknowledgement in HL7 v2, AA, AE or AR',
        content: {
          'application/json': { schema: Taken, example: { type: 'handshake', results: [] } },
          [ER7]: { example: ACKNOWLEDGEMENT },
        },
      },
      202: {
        summary: 'A result for each event',
        content: { 'application/json': { schema: Taken, example: { results: [ACCEPTED] } } },
      },
    },
    refusals: [
      'patient/unknown',
      'patient/ambiguous',
      'patient/bad-id',
      'trigger/bad-time',
      'trigger/unknown-type',
      'trigger/patient-unnamed',
      'trigger/event-id-reused',
      'trigger/hl7-batch',
      'trigger/hl7-charset',
      'trigger/hl7-malformed',
      'patient/deceased',
      'patient/merged',
    ],
  },
} satisfies Operations;
