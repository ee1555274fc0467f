import { withJson, withOptionalJson } from '../../shared/edge/http/body.ts';
import type { Answer, Call } from '../../shared/edge/http/call.ts';
import { idempotencyKeyOf, REPLAYED } from '../../shared/edge/http/idempotency-key.ts';
import { onHttp } from '../../shared/edge/http.ts';
import { actorOf } from '../../shared/edge/identity/principal.ts';
import { parseRequestId } from '../../shared/ids.ts';
import type { Log } from '../../shared/log.ts';
import { done, type Outcome } from '../../shared/outcome.ts';
import { registered } from '../../shared/patient/registered.ts';
import type { PatientStore } from '../../shared/patient/store.ts';
import { type StopPorts, stopAll, stopOne } from '../../shared/transmission/stop.ts';
import type { TransmitRequest } from '../../shared/transmit-request/transmit-request.ts';
import { etagOf } from '../../shared/transmit-request/version.ts';
import { addressesOf, viewOfRequest } from '../../shared/transmit-request/view.ts';
import { share, type SharePorts } from '../../shared/trigger/share.ts';
import { reachabilityOf } from '../../shared/trust/reachability.ts';
import type { RecipientPorts } from '../../shared/trust/recipient.ts';
import { ROUTES } from './route.ts';
import { RequestBody, RevokeBody } from './schema.ts';

export interface TransmitRequestPorts extends SharePorts, StopPorts, RecipientPorts {
  readonly settings: SharePorts['settings'] & RecipientPorts['settings'];
  readonly patients: PatientStore;
  readonly log: Log;
}

/** What goes where, and how it is stopped. */
export const makeHandler = (ports: TransmitRequestPorts) =>
  onHttp(
    ROUTES,
    {
      'POST /v1/patients/{patientId}/transmit-requests': withJson(RequestBody, (call, body) =>
        create(call, body, ports),
      ),
      'GET /v1/patients/{patientId}/transmit-requests': (call) => list(call, ports),
      'GET /v1/patients/{patientId}/transmit-requests/{requestId}': (call) => read(call, ports),
      'POST /v1/patients/{patientId}/transmit-requests/{requestId}/revoke': withOptionalJson(
        RevokeBody,
        (call, body) => revoke(call, body, ports),
      ),
      'POST /v1/patients/{patientId}/transmit-requests/revoke-all': (call) =>
        revokeAll(call, ports),
    },
    ports.log,
  );

async function create(call: Call, body: RequestBody, ports: TransmitRequestPorts) {
  const idempotencyKey = idempotencyKeyOf(call);
  if (!idempotencyKey.ok) return idempotencyKey;
  const patient = await patientIn(call, ports);
  if (!patient.ok) return patient;
  const who = { patient: patient.value, actor: actorOf(call.principal) };
  const shared = await share(body, { ...who, idempotencyKey: idempotencyKey.value }, ports);
  if (!shared.ok) return shared;
  const { request, replayed } = shared.value;
  // The request is kept by now: what the directories say, or do not say in time, changes nothing of it.
  const found = addressesOf(request).map(({ address }) => reachabilityOf(address, ports));
  return shown(201, request, { reachability: await Promise.all(found) }, replayed ? REPLAYED : {});
}

async function list(call: Call, ports: TransmitRequestPorts): Promise<Outcome<Answer>> {
  const patient = await patientIn(call, ports);
  if (!patient.ok) return patient;
  const requests = await ports.requests.list(patient.value.key);
  return done({ status: 200, body: { transmitRequests: requests.map(viewOfRequest) } });
}

async function read(call: Call, ports: TransmitRequestPorts): Promise<Outcome<Answer>> {
  const patient = await patientIn(call, ports);
  if (!patient.ok) return patient;
  const id = parseRequestId(call.params['requestId'] ?? '');
  const request = id.ok ? await ports.requests.get(patient.value.key, id.value) : id;
  return request.ok ? shown(200, request.value) : request;
}

async function revoke(call: Call, { address }: RevokeBody, ports: TransmitRequestPorts) {
  const patient = await patientIn(call, ports);
  if (!patient.ok) return patient;
  const named = { requestId: call.params['requestId'], address, ifMatch: call.headers['if-match'] };
  const stopped = await stopOne(patient.value.key, named, ports);
  if (!stopped.ok) return stopped;
  return shown(200, stopped.value.request, { inFlight: stopped.value.inFlight });
}

async function revokeAll(call: Call, ports: TransmitRequestPorts): Promise<Outcome<Answer>> {
  const patient = await patientIn(call, ports);
  if (!patient.ok) return patient;
  const { requests, inFlight } = await stopAll(patient.value.key, ports);
  return done({ status: 200, body: { transmitRequests: requests.map(viewOfRequest), inFlight } });
}

const patientIn = ({ params }: Call, { patients }: TransmitRequestPorts) =>
  registered(params['patientId'], patients);

const shown = (status: number, request: TransmitRequest, more: object = {}, headers: object = {}) =>
  done({
    status,
    body: { ...viewOfRequest(request), ...more },
    headers: { etag: etagOf(request), ...headers },
  });
