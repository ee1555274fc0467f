import type { Answer, Call } from '../../shared/edge/http/call.ts';
import { onHttp } from '../../shared/edge/http.ts';
import { mayActFor } from '../../shared/edge/identity/access.ts';
import { isFailureCode, ruleOf } from '../../shared/failures.ts';
import { parseTransmissionId } from '../../shared/ids.ts';
import type { Log } from '../../shared/log.ts';
import { done, fail, type Outcome } from '../../shared/outcome.ts';
import { registered } from '../../shared/patient/registered.ts';
import type { PatientStore } from '../../shared/patient/store.ts';
import { viewOf } from '../../shared/status/view.ts';
import type { Ledger, TransmissionLine } from '../../shared/transmission/ledger.ts';
import { ROUTES } from './route.ts';

export interface TransmissionPorts {
  readonly patients: PatientStore;
  readonly ledger: Ledger;
  readonly log: Log;
}

/** What became of every copy. */
export const makeHandler = (ports: TransmissionPorts) =>
  onHttp(
    ROUTES,
    {
      'GET /v1/patients/{patientId}/transmissions': (call) => list(call, ports),
      'GET /v1/transmissions/{transmissionId}': (call) => read(call, ports),
    },
    ports.log,
  );

async function list(
  { params }: Call,
  { patients, ledger }: TransmissionPorts,
): Promise<Outcome<Answer>> {
  const patient = await registered(params['patientId'], patients);
  if (!patient.ok) return patient;
  const lines = await ledger.list(patient.value.key);
  return done({ status: 200, body: { transmissions: lines.map(viewOfLine) } });
}

const viewOfLine = ({ id, requestId, address, createdAt, status, code }: TransmissionLine) => ({
  id,
  requestId,
  address,
  createdAt,
  status,
  ...(code === undefined ? {} : { code }),
  ...(code !== undefined && isFailureCode(code) ? { sentence: ruleOf(code).says } : {}),
});

/** Of somebody else's copy the answer is the same as of none: whether it exists is already a statement. */
async function read(
  { params, principal }: Call,
  { ledger }: TransmissionPorts,
): Promise<Outcome<Answer>> {
  const id = parseTransmissionId(params['transmissionId'] ?? '');
  if (!id.ok) return id;
  const history = await ledger.read(id.value);
  if (!history.ok) return history;
  return mayActFor(principal, history.value.transmission.patientId).ok
    ? done({ status: 200, body: viewOf(history.value) })
    : fail('transmission/unknown');
}
