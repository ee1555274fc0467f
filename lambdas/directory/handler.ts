import { actedFor, type ActedForPorts } from '../../shared/consent/acted-for.ts';
import { findPlaces, type PlacePorts } from '../../shared/discover/places/find-places.ts';
import { DirectoryQuery } from '../../shared/discover/places/query.ts';
import { viewOfPlaces } from '../../shared/discover/places/view.ts';
import { foldedWords } from '../../shared/discover/places/words.ts';
import { parse } from '../../shared/edge/http/body.ts';
import type { Answer, Call } from '../../shared/edge/http/call.ts';
import { type HttpPorts, onHttp } from '../../shared/edge/http.ts';
import { mayActFor } from '../../shared/edge/identity/access.ts';
import type { PatientKey } from '../../shared/ids.ts';
import { done, type Outcome } from '../../shared/outcome.ts';
import { ROUTES } from './route.ts';

export interface DirectoryPorts extends HttpPorts, PlacePorts, ActedForPorts {}

/** Where a patient may want the record sent. */
export const makeHandler = (ports: DirectoryPorts) =>
  onHttp(ROUTES, { 'GET /v1/directory': (call) => find(call, ports) }, ports);

async function find(call: Call, ports: DirectoryPorts): Promise<Outcome<Answer>> {
  const query = parse(call.query, DirectoryQuery);
  if (!query.ok) return query;
  const { q, limit, patientId } = query.value;
  const patient =
    patientId === undefined
      ? done(await onlyPatientOf(call, ports))
      : await patientNamed(patientId, call, ports);
  if (!patient.ok) return patient;
  const search = {
    words: foldedWords(q),
    limit: Number(limit),
    ...(patient.value !== undefined && { patient: patient.value }),
  };
  const found = await findPlaces(search, ports);
  return done({ status: 200, body: viewOfPlaces(found, call.language), language: call.language });
}

/** @failure edge/forbidden, and the codes of `actedFor` */
async function patientNamed(
  patientId: string,
  { principal }: Call,
  ports: DirectoryPorts,
): Promise<Outcome<PatientKey>> {
  const allowed = mayActFor(principal, patientId);
  if (!allowed.ok) return allowed;
  const patient = await actedFor({ params: { patientId }, principal }, ports);
  return patient.ok ? done(patient.value.key) : patient;
}

/** Whom a token is for alone. The lists are open to whoever holds it, also when nobody may be acted for any more. */
async function onlyPatientOf(call: Call, ports: DirectoryPorts): Promise<PatientKey | undefined> {
  const [only, ...others] = call.principal.patients;
  if (only === undefined || others.length > 0) return undefined;
  const patient = await patientNamed(only, call, ports);
  return patient.ok ? patient.value : undefined;
}
