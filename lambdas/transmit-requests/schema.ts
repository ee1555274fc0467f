import * as z from 'zod';
import type { Operations } from '../../shared/operation.ts';
import { LeavingSchema } from '../../shared/status/view-schema.ts';
import {
  AmendmentBody,
  RequestBody,
  ResumeBody,
  RevokeBody,
  SendBody,
} from '../../shared/transmit-request/bodies.ts';
import {
  LEE,
  REQUEST_EXAMPLE as REQUEST,
  RequestView,
  REVOKED_EXAMPLE as REVOKED,
  WHOLE_EXAMPLE as WHOLE,
  WholeRequestView,
} from '../../shared/transmit-request/view-schema.ts';
import { REACHABILITY_EXAMPLE, ReachabilityView } from '../../shared/trust/reachability-view.ts';

const InFlight = z
  .array(LeavingSchema)
  .meta({ description: 'Copies that may be leaving nevertheless.' });
const Reachabilities = z
  .array(ReachabilityView)
  .meta({ description: 'Of each address that is named for the first time.' });

const Created = WholeRequestView.extend({ reachability: Reachabilities });
const Amended = WholeRequestView.extend({ reachability: Reachabilities, inFlight: InFlight });
const Sent = WholeRequestView.extend({
  triggerId: z.string(),
  sendsTo: z.array(z.string()).meta({ description: 'To whom copies go now.' }),
});
const Revoked = WholeRequestView.extend({ inFlight: InFlight });
const AllRevoked = z.strictObject({
  transmitRequests: z.array(RequestView),
  inFlight: InFlight,
});
const Page = z.strictObject({
  transmitRequests: z.array(RequestView),
  nextCursor: z.string().optional(),
});

const LEAVING = [
  {
    transmissionId: 'tx_abcdefghijklmnopqrstuvwxyz',
    requestId: REQUEST.id,
    clientReference: 'portal-77',
    address: LEE,
  },
];

const json = (schema: z.ZodType, example: unknown) => ({
  'application/json': { schema, example },
});

const ASKED = { addresses: [LEE], frequency: 'on-update' };
const PATCH = { schema: AmendmentBody, example: { until: null, frequency: 'on-update' } };
/** Of whatever is about one request. */
const OF_ONE = ['patient/merged', 'transmit-request/unknown'];
/** Of whoever asks for something that needs a consent. */
const OF_ASKING = [
  'patient/deceased',
  'consent/unknown',
  'consent/not-accepted',
  'consent/renew',
  'consent/authority-missing',
  'consent/authority-ended',
  'consent/basis-missing',
  'discover/bad-address',
  'transmit-request/own-address',
  'transmit-request/unknown-frequency',
  'transmit-request/no-address',
  'transmit-request/too-many-addresses',
  'transmit-request/bad-schedule',
  'transmit-request/bad-filter',
  'transmit-request/expired',
];

export const OPERATIONS = {
  'POST /v1/patients/{patientId}/transmit-requests': {
    id: 'createTransmitRequest',
    summary: 'Asks for copies of the record, once or as a standing order.',
    body: json(RequestBody, { ...ASKED, clientReference: 'portal-77' }),
    answers: {
      201: {
        summary: 'It is kept; of each address it is said whether it can be reached',
        content: json(Created, { ...WHOLE, reachability: [REACHABILITY_EXAMPLE] }),
        headers: ['etag', 'location', 'idempotency-replayed'],
      },
    },
    refusals: [
      'patient/merged',
      ...OF_ASKING,
      'transmit-request/unknown-sender',
      'transmit-request/too-many-requests',
    ],
  },
  'GET /v1/patients/{patientId}/transmit-requests': {
    id: 'listTransmitRequests',
    summary: 'All that was asked for, the newest first, what was stopped included.',
    answers: {
      200: { summary: 'A page', content: json(Page, { transmitRequests: [REQUEST] }) },
    },
    refusals: ['patient/merged'],
  },
  'GET /v1/patients/{patientId}/transmit-requests/{requestId}': {
    id: 'readTransmitRequest',
    summary: 'One request, with the evidence of what was asked for.',
    answers: {
      200: { summary: 'The request', content: json(WholeRequestView, WHOLE), headers: ['etag'] },
    },
    refusals: OF_ONE,
  },
  'PATCH /v1/patients/{patientId}/transmit-requests/{requestId}': {
    id: 'changeTransmitRequest',
    summary:
      'Changes a request (RFC 7396): to ask for less needs no consent, to ask for more needs an acceptance of the current text.',
    body: { 'application/merge-patch+json': PATCH, 'application/json': PATCH },
    answers: {
      200: {
        summary: 'As it is now; of what was removed it is said what may be leaving nevertheless',
        content: json(Amended, { ...WHOLE, version: 2, reachability: [], inFlight: [] }),
        headers: ['etag'],
      },
    },
    refusals: [
      ...OF_ONE,
      ...OF_ASKING,
      'edge/precondition-missing',
      'edge/step-up-needed',
      'transmit-request/revoked',
      'transmit-request/one-copy',
      'transmit-request/not-once',
      'transmit-request/too-many-changes',
    ],
  },
  'POST /v1/patients/{patientId}/transmit-requests/{requestId}/send': {
    id: 'sendExtraCopy',
    summary: 'Sends one more copy now, to all addresses of a request or to some of them.',
    body: json(SendBody, { addresses: [LEE] }),
    isBodyOptional: true,
    answers: {
      202: {
        summary: 'It is about to be sent',
        content: json(Sent, {
          ...WHOLE,
          triggerId: 'trg_abcdefghijklmnopqrstuvwxyz',
          sendsTo: [LEE],
        }),
        headers: ['etag', 'idempotency-replayed'],
      },
    },
    refusals: [
      ...OF_ONE,
      'patient/deceased',
      'discover/bad-address',
      'transmit-request/too-many-addresses',
      'transmit-request/unknown-address',
      'transmit-request/revoked',
      'transmit-request/paused',
      'transmit-request/expired',
      'transmit-request/one-copy',
    ],
  },
  'POST /v1/patients/{patientId}/transmit-requests/{requestId}/revoke': {
    id: 'revokeTransmitRequest',
    summary: 'Stops a request, or one of its addresses, for all that has not left yet.',
    body: json(RevokeBody, { address: LEE }),
    isBodyOptional: true,
    answers: {
      200: {
        summary: 'It is stopped',
        content: json(Revoked, { ...REVOKED, inFlight: LEAVING }),
        headers: ['etag'],
      },
    },
    refusals: [...OF_ONE, 'discover/bad-address', 'transmit-request/unknown-address'],
  },
  'POST /v1/patients/{patientId}/transmit-requests/{requestId}/resume': {
    id: 'resumeTransmitRequest',
    summary: 'Says that a request shall go on: one that is paused, or whose review is due.',
    body: json(ResumeBody, {}),
    isBodyOptional: true,
    answers: {
      200: { summary: 'It goes on', content: json(WholeRequestView, WHOLE), headers: ['etag'] },
    },
    refusals: [
      ...OF_ONE,
      'patient/deceased',
      'consent/authority-missing',
      'consent/authority-ended',
      'consent/basis-missing',
      'discover/bad-address',
      'transmit-request/unknown-address',
      'transmit-request/not-paused',
      'transmit-request/revoked',
      'transmit-request/expired',
    ],
  },
  'POST /v1/patients/{patientId}/transmit-requests/revoke-all': {
    id: 'revokeAllTransmitRequests',
    summary: 'Stops everything that was ever asked for.',
    answers: {
      200: {
        summary: 'All is stopped',
        content: json(AllRevoked, { transmitRequests: [], inFlight: [] }),
      },
    },
    refusals: ['patient/merged'],
  },
} satisfies Operations;
