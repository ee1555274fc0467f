import { withJson } from '../../shared/edge/http/body.ts';
import type { Answer, Call } from '../../shared/edge/http/call.ts';
import { type HttpPorts, onHttp } from '../../shared/edge/http.ts';
import { parsePatientId, type PatientId, type PatientKey } from '../../shared/ids.ts';
import { done, type Outcome } from '../../shared/outcome.ts';
import type { PatientStore } from '../../shared/patient/store.ts';
import { ROUTES } from './route.ts';
import { PatientBody } from './schema.ts';

export interface PatientPorts extends HttpPorts {
  readonly patients: PatientStore;
  readonly keyOf: (id: PatientId) => PatientKey;
}

/** A system tells who its patients are, and by which identifiers their documents and events name them. */
export const makeHandler = (ports: PatientPorts) =>
  onHttp(
    ROUTES,
    {
      'PUT /v1/patients/{patientId}': withJson(PatientBody, (call, body) =>
        register(call, body, ports),
      ),
    },
    ports,
  );

async function register(
  { params }: Call,
  body: PatientBody,
  { patients, keyOf }: PatientPorts,
): Promise<Outcome<Answer>> {
  const id = parsePatientId(params['patientId'] ?? '');
  if (!id.ok) return id;
  const change = await patients.register({ ...body, id: id.value, key: keyOf(id.value) });
  return done({
    status: change === 'registered' ? 201 : 200,
    body: { patientId: id.value, change, identifiers: body.identifiers.length },
  });
}
