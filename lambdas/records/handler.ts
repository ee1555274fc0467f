import { MAX_INLINE_BYTES, mediaTypeOf, parse, withJson } from '../../shared/edge/http/body.ts';
import type { Answer, Call } from '../../shared/edge/http/call.ts';
import { type IntakePorts, onHttp } from '../../shared/edge/http.ts';
import { done, fail, failAt, type Outcome } from '../../shared/outcome.ts';
import { viewOfDocument } from '../../shared/package/document-view.ts';
import { registered } from '../../shared/patient/registered.ts';
import type { PatientStore } from '../../shared/patient/store.ts';
import { documentTypeCalled } from '../../shared/record/document-type.ts';
import { GivenLabels } from '../../shared/record/given-labels.ts';
import type { Arrived } from '../../shared/record/keep-document.ts';
import { namedDocument } from '../../shared/record/named.ts';
import { ReleaseBody } from '../../shared/record/release-body.ts';
import { released } from '../../shared/record/release.ts';
import { overviewOf } from '../../shared/record/sections/found.ts';
import type { Settings } from '../../shared/settings.ts';
import { takeIn, type TakeInPorts } from '../../shared/trigger/take-in.ts';
import { ROUTES } from './route.ts';

export interface RecordPorts extends IntakePorts, TakeInPorts {
  readonly patients: PatientStore;
  readonly settings: TakeInPorts['settings'] & Pick<Settings, 'sensitive'>;
}

/** Keeps the current record of a patient, document by document. */
export const makeHandler = (ports: RecordPorts) =>
  onHttp(
    ROUTES,
    {
      'PUT /v1/patients/{patientId}/record/documents/{documentId}': (call) => keep(call, ports),
      'DELETE /v1/patients/{patientId}/record/documents/{documentId}': (call) =>
        remove(call, ports),
      'GET /v1/patients/{patientId}/record': (call) => list(call, ports),
      'POST /v1/patients/{patientId}/record/documents/{documentId}/release': withJson(
        ReleaseBody,
        (call, body) => release(call, body, ports),
      ),
    },
    ports,
  );

async function keep(call: Call, ports: RecordPorts): Promise<Outcome<Answer>> {
  const upload = uploadOf(call);
  if (!upload.ok) return upload;
  if (call.body.length > MAX_INLINE_BYTES) return fail('record/too-large');
  const named = await namedDocument(call.params, ports.patients);
  if (!named.ok) return named;
  const taken = await takeIn({ ...upload.value, ...named.value, bytes: call.body }, ports);
  if (!taken.ok) return taken;
  const { change, kept, record } = taken.value;
  const body = { ...viewOfDocument(kept, ports), change, sections: overviewOf(record) };
  return done({ status: change === 'new' ? 201 : 200, body });
}

/**
 * What a call says of the document in its body. A CDA document says it itself: labels for one are a mistake that
 * nobody would notice if they were passed over.
 */
function uploadOf({ headers, query }: Call): Outcome<Pick<Arrived, 'type' | 'labels'>> {
  const { type: name, charset = 'utf-8' } = mediaTypeOf(headers['content-type']);
  const type = documentTypeCalled(name);
  if (type === undefined || charset !== 'utf-8') return fail('edge/unsupported-media');
  const labels = parse(query, GivenLabels);
  if (!labels.ok) return labels;
  return type === 'text/xml' && Object.keys(labels.value).length > 0
    ? failAt('edge/malformed', [{ pointer: '', code: 'document-says-it-itself' }])
    : done({ type, labels: labels.value });
}

async function remove(call: Call, ports: RecordPorts): Promise<Outcome<Answer>> {
  const named = await namedDocument(call.params, ports.patients);
  if (!named.ok) return named;
  await ports.records.remove(named.value.patient.key, named.value.documentId, ports.now());
  return done({ status: 204 });
}

async function release(call: Call, { sha256 }: ReleaseBody, ports: RecordPorts) {
  const named = await namedDocument(call.params, ports.patients);
  if (!named.ok) return named;
  const { patient, documentId } = named.value;
  const releasing = { by: call.principal.subject, now: ports.now(), sha256 };
  const document = await ports.records.change(patient.key, documentId, (current) =>
    released(current, releasing),
  );
  return document.ok
    ? done({ status: 200, body: viewOfDocument(document.value, ports) })
    : document;
}

async function list(call: Call, ports: RecordPorts): Promise<Outcome<Answer>> {
  const patient = await registered(call.params['patientId'], ports.patients);
  if (!patient.ok) return patient;
  const documents = await ports.records.list(patient.value.key);
  const views = documents.map((document) => viewOfDocument(document, ports));
  const body = { documents: views, sections: overviewOf(documents) };
  return done({ status: 200, body });
}
