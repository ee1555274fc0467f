import { actedFor } from '../../shared/consent/acted-for.ts';
import type { Cursors } from '../../shared/cursors.ts';
import { about, type ActionAbout } from '../../shared/edge/http/about.ts';
import { MERGE_PATCH, withJson, withOptionalJson } from '../../shared/edge/http/body.ts';
import { byMediaType } from '../../shared/edge/http/by-media-type.ts';
import type { Answer, Call, KeyedCall } from '../../shared/edge/http/call.ts';
import { answerPage } from '../../shared/edge/http/page.ts';
import { type IntakePorts, onHttp } from '../../shared/edge/http.ts';
import { hasSteppedUp } from '../../shared/edge/identity/assurance.ts';
import { actorOf } from '../../shared/edge/identity/principal.ts';
import { done, type Outcome } from '../../shared/outcome.ts';
import { pagesOf } from '../../shared/page.ts';
import type { Patient } from '../../shared/patient/patient.ts';
import type { PatientStore } from '../../shared/patient/store.ts';
import {
  AmendmentBody,
  RequestBody,
  ResumeBody,
  RevokeBody,
  SendBody,
} from '../../shared/transmit-request/bodies.ts';
import { etagOf } from '../../shared/transmit-request/version.ts';
import * as view from '../../shared/transmit-request/view.ts';
import * as act from '../../shared/trust/acts.ts';
import { ROUTES } from './route.ts';

export interface TransmitRequestPorts extends IntakePorts, act.ActPorts {
  readonly patients: PatientStore;
  readonly cursors: Cursors;
}

/** What goes where, how it is changed and stopped, and how it goes on. */
export function makeHandler(ports: TransmitRequestPorts) {
  const on = about(ports, (call: Call) => actedFor(call, ports));
  const one = '/v1/patients/{patientId}/transmit-requests/{requestId}';
  return onHttp(
    ROUTES,
    {
      'POST /v1/patients/{patientId}/transmit-requests': withJson(RequestBody, on(create)),
      'GET /v1/patients/{patientId}/transmit-requests': on(list),
      'POST /v1/patients/{patientId}/transmit-requests/revoke-all': on(revokeAll),
      [`GET ${one}`]: on(read),
      [`PATCH ${one}`]: byMediaType({
        'application/json': withJson(AmendmentBody, on(amend)),
        [MERGE_PATCH.type]: withJson(AmendmentBody, on(amend), MERGE_PATCH),
      }),
      [`POST ${one}/send`]: withOptionalJson(SendBody, on(send)),
      [`POST ${one}/revoke`]: withOptionalJson(RevokeBody, on(revoke)),
      [`POST ${one}/resume`]: withOptionalJson(ResumeBody, on(resume)),
    },
    ports,
  );
}

type Ports = TransmitRequestPorts;
type Run<Body extends readonly unknown[] = []> = ActionAbout<Ports, Patient, Body>;
type KeyedRun<Body> = ActionAbout<Ports, Patient, [Body], KeyedCall>;

const create: KeyedRun<RequestBody> = async (ports, patient, call, body) =>
  shown(call, await act.create(askerOf(call, patient), body, ports), 201);
const read: Run = async (ports, patient, call) =>
  shown(call, await act.read(askerOf(call, patient), ports));
const amend: Run<[AmendmentBody]> = async (ports, patient, call, body) =>
  shown(call, await act.amend(askerOf(call, patient), body, ports));
const send: KeyedRun<SendBody> = async (ports, patient, call, body) =>
  shown(call, await act.send(askerOf(call, patient), body, ports), 202);
const revoke: Run<[RevokeBody]> = async (ports, patient, call, body) =>
  shown(call, await act.revoke(askerOf(call, patient), body, ports));
const resume: Run<[ResumeBody]> = async (ports, patient, call, body) =>
  shown(call, await act.resume(askerOf(call, patient), body, ports));
const revokeAll: Run = async (ports, patient, call) => {
  const body = await act.revokeAll(askerOf(call, patient), ports);
  return done({ status: 200, body, language: call.language });
};

const list: Run = async ({ requests, cursors }, { key }, call) => {
  const all = { name: 'transmitRequests', of: key, cursors };
  const pages = pagesOf(() => requests.list(key), view.placeInList);
  const viewOf = view.viewIn(call.language);
  const page = await answerPage(call, all, pages, viewOf);
  return page.ok ? done({ ...page.value, language: call.language }) : page;
};

const askerOf = <C extends Call>({ params, headers, principal, ...call }: C, patient: Patient) => ({
  ...call,
  patient,
  actor: actorOf(principal),
  mayAdd: hasSteppedUp(principal),
  requestId: params['requestId'],
  ifMatch: headers['if-match'],
});

function shown({ language }: Call, outcome: Outcome<view.Shown>, status = 200): Outcome<Answer> {
  if (!outcome.ok) return outcome;
  const { request, replayed = false } = outcome.value;
  const place: Record<string, string> =
    status === 201 ? { location: view.pathOfRequest(request) } : {};
  const body = view.viewOfShown(outcome.value, language);
  return done({ status, language, replayed, body, headers: { etag: etagOf(request), ...place } });
}
