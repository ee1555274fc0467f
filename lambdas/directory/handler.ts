import { findPlaces, type PlacePorts } from '../../shared/discover/places/find-places.ts';
import { viewOfPlaces } from '../../shared/discover/places/view.ts';
import { foldedWords } from '../../shared/discover/places/words.ts';
import { parse } from '../../shared/edge/http/body.ts';
import type { Answer, Call } from '../../shared/edge/http/call.ts';
import { type HttpPorts, onHttp } from '../../shared/edge/http.ts';
import { mayActFor } from '../../shared/edge/identity/access.ts';
import type { Principal } from '../../shared/edge/identity/principal.ts';
import { parsePatientId, type PatientId, type PatientKey } from '../../shared/ids.ts';
import { done, type Outcome } from '../../shared/outcome.ts';
import { ROUTES } from './route.ts';
import { DirectoryQuery } from './schema.ts';

export interface DirectoryPorts extends HttpPorts, PlacePorts {
  readonly keyOf: (patient: PatientId) => PatientKey;
}

/** Where a patient may want the record sent. */
export const makeHandler = (ports: DirectoryPorts) =>
  onHttp(ROUTES, { 'GET /v1/directory': (call) => find(call, ports) }, ports);

async function find(call: Call, ports: DirectoryPorts): Promise<Outcome<Answer>> {
  const query = parse(call.query, DirectoryQuery);
  if (!query.ok) return query;
  const { q, limit, patientId } = query.value;
  const patient = patientFor(call.principal, patientId);
  if (!patient.ok) return patient;
  const found = await findPlaces(
    {
      words: foldedWords(q),
      limit: Number(limit),
      ...(patient.value !== undefined && { patient: ports.keyOf(patient.value) }),
    },
    ports,
  );
  return done({ status: 200, body: viewOfPlaces(found, call.language) });
}

/**
 * Whose recent addresses are shown: of the patient who is named, or else of the only one that the token is for.
 *
 * @failure patient/bad-id, edge/forbidden
 */
function patientFor(
  principal: Principal,
  named: string | undefined,
): Outcome<PatientId | undefined> {
  const [only, ...others] = principal.patients;
  const text = named ?? (others.length === 0 ? only : undefined);
  if (text === undefined) return done(undefined);
  const allowed = mayActFor(principal, text);
  return allowed.ok ? parsePatientId(text) : allowed;
}
