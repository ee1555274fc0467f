import { actedFor } from '../../shared/consent/acted-for.ts';
import type { Cursors } from '../../shared/cursors.ts';
import { about, type ActionAbout } from '../../shared/edge/http/about.ts';
import { withJson, withOptionalJson } from '../../shared/edge/http/body.ts';
import type { Call, KeyedCall } from '../../shared/edge/http/call.ts';
import { answerPage } from '../../shared/edge/http/page.ts';
import { type HttpPorts, onHttp } from '../../shared/edge/http.ts';
import { actorOf } from '../../shared/edge/identity/principal.ts';
import { parseRequestId } from '../../shared/ids.ts';
import { done } from '../../shared/outcome.ts';
import { pagesOf, placeOf } from '../../shared/page.ts';
import type { Patient } from '../../shared/patient/patient.ts';
import type { PatientStore } from '../../shared/patient/store.ts';
import { type StopPorts, stopAll, stopOne } from '../../shared/transmission/stop.ts';
import { resumeOne } from '../../shared/transmit-request/standing/resume.ts';
import type { TransmitRequest } from '../../shared/transmit-request/transmit-request.ts';
import { etagOf } from '../../shared/transmit-request/version.ts';
import { addressesOf, viewOfRequest } from '../../shared/transmit-request/view.ts';
import { share, type SharePorts } from '../../shared/trigger/share.ts';
import { type ReachabilityPorts, reachabilityOf } from '../../shared/trust/reachability.ts';
import { ROUTES } from './route.ts';
import { RequestBody, ResumeBody, RevokeBody } from './schema.ts';

export interface TransmitRequestPorts extends HttpPorts, SharePorts, StopPorts, ReachabilityPorts {
  readonly settings: SharePorts['settings'] & ReachabilityPorts['settings'];
  readonly patients: PatientStore;
  readonly cursors: Cursors;
}

/** What goes where, how it is stopped and how it goes on. */
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
      [`POST ${one}/revoke`]: withOptionalJson(RevokeBody, on(revoke)),
      [`POST ${one}/resume`]: withOptionalJson(ResumeBody, on(resume)),
    },
    ports,
  );
}

type Run<Body extends readonly unknown[] = [], C extends Call = Call> = ActionAbout<
  TransmitRequestPorts,
  Patient,
  Body,
  C
>;

const create: Run<[RequestBody], KeyedCall> = async (ports, patient, call, body) => {
  const who = { patient, actor: actorOf(call.principal) };
  const shared = await share(body, { ...who, idempotencyKey: call.idempotencyKey }, ports);
  if (!shared.ok) return shared;
  const { request, replayed } = shared.value;
  // The request is kept by now: what the directories say, or do not say in time, changes nothing of it.
  const found = addressesOf(request).map(({ address }) =>
    reachabilityOf(address, call.language, ports),
  );
  return shown(201, request, call, { reachability: await Promise.all(found) }, replayed);
};

const list: Run = async ({ requests, cursors }, { key }, call) => {
  const pages = pagesOf(() => requests.list(key), place);
  const { language } = call;
  const named = { name: 'transmitRequests', of: key, cursors };
  const page = await answerPage(call, named, pages, (each) => viewOfRequest(each, language));
  return page.ok ? done({ ...page.value, language }) : page;
};

const place = ({ createdAt, id }: TransmitRequest): string => placeOf(createdAt, id);

const read: Run = async ({ requests }, patient, call) => {
  const id = parseRequestId(call.params['requestId'] ?? '');
  const request = id.ok ? await requests.get(patient.key, id.value) : id;
  return request.ok ? shown(200, request.value, call) : request;
};

const revoke: Run<[RevokeBody]> = async (ports, patient, call, body) => {
  const stopped = await stopOne(patient.key, named(call, body), actorOf(call.principal), ports);
  if (!stopped.ok) return stopped;
  return shown(200, stopped.value.request, call, { inFlight: stopped.value.inFlight });
};

const resume: Run<[ResumeBody]> = async (ports, patient, call, body) => {
  const resuming = { patient, actor: actorOf(call.principal), onBehalf: body.onBehalf };
  const resumed = await resumeOne(resuming, named(call, body), ports);
  return resumed.ok ? shown(200, resumed.value, call) : resumed;
};

const revokeAll: Run = async (ports, patient, { principal, language }) => {
  const { requests, inFlight } = await stopAll(patient.key, actorOf(principal), ports);
  const transmitRequests = requests.map((each) => viewOfRequest(each, language));
  return done({ status: 200, body: { transmitRequests, inFlight }, language });
};

const named = ({ params, headers }: Call, { address }: RevokeBody | ResumeBody) => ({
  requestId: params['requestId'],
  address,
  ifMatch: headers['if-match'],
});

const shown = (
  status: number,
  request: TransmitRequest,
  { language }: Pick<Call, 'language'>,
  more: object = {},
  replayed = false,
) =>
  done({
    status,
    language,
    body: { ...viewOfRequest(request, language), ...more },
    replayed,
    headers: { etag: etagOf(request) },
  });
