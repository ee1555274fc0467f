import { actedFor, type ActedForPorts } from '../../shared/consent/acted-for.ts';
import type { Cursors } from '../../shared/cursors.ts';
import { hastened, resolved } from '../../shared/deliver/by-hand.ts';
import { ResolveBody } from '../../shared/deliver/resolve-body.ts';
import { withJson } from '../../shared/edge/http/body.ts';
import type { Answer, Call, KeyedCall } from '../../shared/edge/http/call.ts';
import { answerPage } from '../../shared/edge/http/page.ts';
import { type HttpPorts, onHttp } from '../../shared/edge/http.ts';
import { mayActFor } from '../../shared/edge/identity/access.ts';
import { parseTransmissionId } from '../../shared/ids.ts';
import { errorNameOf } from '../../shared/log.ts';
import { done, fail, type Outcome } from '../../shared/outcome.ts';
import type { Paging } from '../../shared/page.ts';
import { viewOfLine } from '../../shared/status/line-view.ts';
import { statusOf } from '../../shared/status/status.ts';
import { viewOf } from '../../shared/status/view.ts';
import type { Addition, Ledger } from '../../shared/transmission/ledger.ts';
import type { History } from '../../shared/transmission/transmission.ts';
import type { Doorbell } from '../../shared/trigger/doorbell.ts';
import { ROUTES } from './route.ts';

export interface TransmissionPorts extends HttpPorts, ActedForPorts {
  readonly ledger: Ledger;
  readonly cursors: Cursors;
  readonly bells: { readonly transmission: Doorbell };
}

/** What became of every copy. */
export const makeHandler = (ports: TransmissionPorts) =>
  onHttp(
    ROUTES,
    {
      'GET /v1/patients/{patientId}/transmissions': (call) => list(call, ports),
      'GET /v1/transmissions/{transmissionId}': (call) => read(call, ports),
      'POST /v1/transmissions/{transmissionId}/retry': (call) => decide(call, hastened, ports),
      'POST /v1/transmissions/{transmissionId}/resolve': withJson(ResolveBody, (call, found) =>
        decide(call, (history, now) => resolved(history, found, now), ports),
      ),
    },
    ports,
  );

async function list(
  call: Call,
  { ledger, cursors, ...ports }: TransmissionPorts,
): Promise<Outcome<Answer>> {
  const patient = await actedFor(call, ports);
  if (!patient.ok) return patient;
  const { key } = patient.value;
  const pages = (paging: Paging) => ledger.page(key, paging);
  const page = await answerPage(call, { name: 'transmissions', of: key, cursors }, pages, (line) =>
    viewOfLine(line, call.language),
  );
  return page.ok ? done({ ...page.value, language: call.language }) : page;
}

/** Of somebody else's copy the answer is the same as of none: whether it exists is already a statement. */
async function read(
  { params, principal, language }: Call,
  { ledger, ...ports }: TransmissionPorts,
): Promise<Outcome<Answer>> {
  const id = parseTransmissionId(params['transmissionId'] ?? '');
  if (!id.ok) return id;
  const history = await ledger.read(id.value);
  if (!history.ok) return history;
  const { patientId } = history.value.transmission;
  if (!mayActFor(principal, patientId).ok) return fail('transmission/unknown');
  // Nobody else's right to look ends.
  const acting =
    principal.kind === 'representative'
      ? await actedFor({ params: { patientId }, principal }, ports)
      : done(undefined);
  if (!acting.ok) return acting;
  return done({ status: 200, body: viewOf(history.value, language), language });
}

/** By hand. What was decided under this key before is not decided again: a repeat shows what has become of it. */
async function decide(
  { params, isRepeat }: KeyedCall,
  decision: (history: History, now: Date) => Outcome<Addition>,
  { ledger, bells, now, log }: TransmissionPorts,
): Promise<Outcome<Answer>> {
  const id = parseTransmissionId(params['transmissionId'] ?? '');
  if (!id.ok) return id;
  const at = now();
  const decided = isRepeat
    ? await ledger.read(id.value)
    : await ledger.append(id.value, at, (history) => decision(history, at));
  if (!decided.ok) return decided;
  // The sweep rings too, within a minute.
  await bells.transmission
    .ring(id.value)
    .catch((error: unknown) =>
      log.error('doorbell-unheard', { transmissionId: id.value, errorName: errorNameOf(error) }),
    );
  return done({ status: 200, body: { id: id.value, ...statusOf(decided.value.facts) } });
}
