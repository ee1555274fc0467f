import { MAX_INLINE_BYTES, mediaTypeOf } from '../../shared/edge/http/body.ts';
import type { Answer, Call } from '../../shared/edge/http/call.ts';
import { type IntakePorts, onHttp } from '../../shared/edge/http.ts';
import { type FailureCode, ruleOf } from '../../shared/failures.ts';
import { errorNameOf } from '../../shared/log.ts';
import {
  type DispositionPorts,
  receiveDisposition,
} from '../../shared/notification/receive-disposition.ts';
import { done, fail, type Outcome } from '../../shared/outcome.ts';
import { takeSubmission, type TakeSubmissionPorts } from '../../shared/package/submission/take.ts';
import { faultAnswer, registryAnswer, type XdrAnswer } from '../../shared/package/xdr/answer.ts';
import { xdrEntity } from '../../shared/package/xdr/entity.ts';
import { type Asked, readAskedXdr } from '../../shared/package/xdr/read-xdr.ts';
import type { XdrRequest } from '../../shared/package/xdr/xdr.ts';
import { statusOf } from '../../shared/status/status.ts';
import { ROUTES } from './route.ts';

export type XdrPorts = TakeSubmissionPorts & DispositionPorts & IntakePorts;

/** What may be taken later, as it is. */
const NOT_NOW: readonly FailureCode[] = ['edge/unavailable', 'edge/intake-stopped'];

const TYPES = ['multipart/related', 'application/soap+xml'];

/** What other systems send through us by XDR, and what other HISPs tell us of what we gave them. */
export const makeHandler = (ports: XdrPorts) =>
  onHttp(ROUTES, { 'POST /v1/xdr': (call) => answer(call, ports) }, ports);

/** Whoever speaks SOAP is answered in SOAP, whatever goes wrong. */
async function answer(call: Call, ports: XdrPorts): Promise<Outcome<Answer>> {
  const entity = entityOf(call);
  if (!entity.ok) return fault('Sender', entity.failure.code);
  const { request, asked } = readAskedXdr(entity.value);
  if (!request.ok) return unread(asked, request.failure.code);
  try {
    const taken = await take(request.value, entity.value, call, ports);
    if (taken.ok) return registered(request.value);
    const { code } = taken.failure;
    return NOT_NOW.includes(code) ? fault('Receiver', code) : registered(request.value, code);
  } catch (error) {
    ports.log.error('http-failed', { errorName: errorNameOf(error) });
    return fault('Receiver', 'edge/failed');
  }
}

/** What is wrong with a request is answered as to one, and what is none by a fault. */
const unread = (asked: Asked | undefined, code: FailureCode): Outcome<Answer> =>
  asked ? registered(asked, code) : fault('Sender', code);

/** @failure edge/unsupported-media, edge/too-large, edge/malformed */
function entityOf({ headers, body }: Call): Outcome<Uint8Array> {
  const contentType = headers['content-type'] ?? '';
  if (!TYPES.includes(mediaTypeOf(contentType).type)) return fail('edge/unsupported-media');
  if (/[\r\n]/.test(contentType)) return fail('edge/malformed');
  return body.length > MAX_INLINE_BYTES
    ? fail('edge/too-large')
    : done(xdrEntity(contentType, body));
}

async function take(
  request: XdrRequest,
  entity: Uint8Array,
  { principal: { subject: client } }: Call,
  ports: XdrPorts,
): Promise<Outcome<unknown>> {
  const { contents, addressing } = request;
  if (contents.kind === 'disposition') {
    const heard = await receiveDisposition(request, client, ports);
    if (!heard.ok) return heard;
    const { transmission, facts } = heard.value.history;
    ports.log.info('disposition-recorded', { transmissionId: transmission.id, ...statusOf(facts) });
    return heard;
  }
  if (await ports.stops.stopOf('intake')) return fail('edge/intake-stopped');
  const { submission } = contents;
  const taken = await takeSubmission({ request, addressing, submission, entity, client }, ports);
  if (taken.ok) ports.log.info('copies-opened', { count: taken.value.copies });
  return taken;
}

/** A RegistryResponse: 200, be it a success or a refusal of what was asked for. */
const registered = (asked: Asked, code?: FailureCode): Outcome<Answer> =>
  said(200, registryAnswer(asked, code ? { code, text: ruleOf(code).says } : 'success'), code);

/** A SOAP fault: 400 of what is no ITI-41 request, 500 of what went wrong here. @see SOAP 1.2 part 2, 7.4.2 */
const fault = (kind: 'Sender' | 'Receiver', code: FailureCode): Outcome<Answer> =>
  said(kind === 'Sender' ? 400 : 500, faultAnswer(kind, code, ruleOf(code).says), code);

const said = (
  status: number,
  { contentType, body }: XdrAnswer,
  code: FailureCode | undefined,
): Outcome<Answer> =>
  done({
    status,
    content: { type: contentType, bytes: body },
    ...(code === undefined ? {} : { refused: code }),
  });
