import { actedFor } from '../../shared/consent/acted-for.ts';
import { withJson } from '../../shared/edge/http/body.ts';
import type { Answer, Call } from '../../shared/edge/http/call.ts';
import { type HttpPorts, onHttp } from '../../shared/edge/http.ts';
import { parsePatientId, type PatientId, type PatientKey } from '../../shared/ids.ts';
import { done, type Outcome } from '../../shared/outcome.ts';
import { MergeBody, PatientBody } from '../../shared/patient/bodies.ts';
import { deathOf } from '../../shared/patient/death.ts';
import { viewOfPatient } from '../../shared/patient/view.ts';
import type { Settings } from '../../shared/settings.ts';
import {
  mergeRegistrations,
  type MergePorts,
} from '../../shared/transmit-request/registration/merge.ts';
import {
  register,
  type RegisterPorts,
} from '../../shared/transmit-request/registration/register.ts';
import { ROUTES } from './route.ts';

export type PatientPorts = HttpPorts &
  RegisterPorts &
  MergePorts & {
    readonly keyOf: (id: PatientId) => PatientKey;
    readonly settings: Pick<Settings, 'authority' | 'holderName'>;
  };

/** A system tells who its patients are, and by which identifiers their documents and events name them; screens ask whom they are about. */
export const makeHandler = (ports: PatientPorts) =>
  onHttp(
    ROUTES,
    {
      'GET /v1/patients/{patientId}': (call) => read(call, ports),
      'PUT /v1/patients/{patientId}': withJson(PatientBody, (call, body) => put(call, body, ports)),
      'POST /v1/patients/{patientId}/merge': withJson(MergeBody, (call, body) =>
        merge(call, body, ports),
      ),
    },
    ports,
  );

async function read(call: Call, ports: PatientPorts): Promise<Outcome<Answer>> {
  const patient = await actedFor(call, ports);
  if (!patient.ok) return patient;
  const asked = { caller: call.principal.kind, holder: ports.settings.holderName };
  return done({ status: 200, body: viewOfPatient(patient.value, asked) });
}

async function put(
  { params }: Call,
  { deceased, deceasedAt, ...body }: PatientBody,
  ports: PatientPorts,
): Promise<Outcome<Answer>> {
  const id = parsePatientId(params['patientId'] ?? '');
  if (!id.ok) return id;
  const death = deathOf({ deceased, deceasedAt, birthDate: body.birthDate }, ports.now());
  if (!death.ok) return death;
  const change = await register(
    {
      ...body,
      id: id.value,
      key: ports.keyOf(id.value),
      ...(death.value === undefined ? {} : { death: death.value }),
    },
    ports,
  );
  if (!change.ok) return change;
  return done({
    status: change.value === 'registered' ? 201 : 200,
    body: { patientId: id.value, change: change.value, identifiers: body.identifiers.length },
  });
}

async function merge(
  { params }: Call,
  body: MergeBody,
  ports: PatientPorts,
): Promise<Outcome<Answer>> {
  const into = parsePatientId(params['patientId'] ?? '');
  if (!into.ok) return into;
  const from = parsePatientId(body.from);
  if (!from.ok) return from;
  const merged = await mergeRegistrations({ from: from.value, into: into.value }, ports);
  if (!merged.ok) return merged;
  const { change, paused, leftBehind } = merged.value;
  return done({
    status: 200,
    body: {
      patientId: into.value,
      from: from.value,
      change,
      paused: paused.map(({ id }) => id),
      leftBehind: leftBehind.map(({ id }) => id),
    },
  });
}
