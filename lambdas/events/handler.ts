import { parse, withJson } from '../../shared/edge/http/body.ts';
import { byMediaType } from '../../shared/edge/http/by-media-type.ts';
import type { Action, Answer, Call } from '../../shared/edge/http/call.ts';
import { type IntakePorts, onHttp } from '../../shared/edge/http.ts';
import { errorNameOf } from '../../shared/log.ts';
import { done, fail, type Outcome } from '../../shared/outcome.ts';
import { EventBody, EventsBody } from '../../shared/trigger/event-bodies.ts';
import {
  FHIR_JSON,
  isReadVersion,
  type Notification,
  NotificationBundle,
} from '../../shared/trigger/fhir/bundle.ts';
import {
  takeNotification,
  type TakeNotificationPorts,
} from '../../shared/trigger/fhir/take-notification.ts';
import { toldOf } from '../../shared/trigger/fhir/tell-notification.ts';
import { acknowledgement } from '../../shared/trigger/hl7/acknowledge.ts';
import { readHeader } from '../../shared/trigger/hl7/read-message.ts';
import {
  takeMessage,
  type TakeMessagePorts,
  type TakenMessage,
} from '../../shared/trigger/hl7/take-message.ts';
import { takeEvent } from '../../shared/trigger/take-event.ts';
import { accepted, refused } from '../../shared/trigger/tell-taken.ts';
import { ROUTES } from './route.ts';

export type EventPorts = TakeMessagePorts & TakeNotificationPorts & IntakePorts;

const ER7 = 'x-application/hl7-v2+er7';

/** What happened to patients, from the systems that saw it. */
export const makeHandler = (ports: EventPorts) =>
  onHttp(ROUTES, { 'POST /v1/events': byMediaType(languages(ports)) }, ports);

/** The languages in which systems say it. */
const languages = (ports: EventPorts): Readonly<Record<string, Action>> => ({
  'application/json': withJson(EventsBody, (call, body) => takeAll(call, body, ports)),
  [FHIR_JSON.type]: async (call) =>
    isReadVersion(call.headers['content-type'])
      ? withJson(NotificationBundle, (_, body) => takeFhir(call, body, ports), FHIR_JSON)(call)
      : fail('edge/unsupported-media'),
  [ER7]: (call) => takeEr7(call, ports),
});

async function takeFhir(
  { principal, language }: Call,
  notification: Notification,
  ports: EventPorts,
): Promise<Outcome<Answer>> {
  const taken = await takeNotification(notification, principal.subject, ports);
  const [first, ...others] = taken.results;
  // A refusal that is all there is to say is the answer itself.
  if (first?.taken.ok === false && others.length === 0) return first.taken;
  return done({ status: first === undefined ? 200 : 202, body: toldOf(taken, language), language });
}

/** Whoever speaks HL7 is answered in HL7, whatever goes wrong, as soon as there is a header to answer by. */
async function takeEr7(call: Call, ports: EventPorts): Promise<Outcome<Answer>> {
  const header = readHeader(call.body);
  if (!header.ok) return header;
  const { subject: client, scopes } = call.principal;
  const sender = { client, mayMerge: scopes.includes('patient.write') };
  const taken = await takeMessage(header.value, call.body, sender, ports).catch(
    (error: unknown): Outcome<TakenMessage> => {
      ports.log.error('http-failed', { errorName: errorNameOf(error) });
      return fail('edge/failed');
    },
  );
  return done({
    status: 200,
    content: { type: ER7, bytes: acknowledgement(header.value, taken, ports.now()) },
    ...(taken.ok ? {} : { refused: taken.failure.code }),
  });
}

/** One after the other: two events of one list may be the same event. */
async function takeAll(
  { principal, language }: Call,
  body: EventsBody,
  ports: EventPorts,
): Promise<Outcome<Answer>> {
  const events = body.events ?? [body];
  const results: object[] = [];
  for (const [at, event] of events.entries()) {
    const parsed = parse(event, EventBody, body.events && `/events/${at}`);
    const taken = parsed.ok ? await takeEvent(parsed.value, principal.subject, ports) : parsed;
    // A refusal that is all there is to say is the answer itself.
    if (!taken.ok && events.length === 1) return taken;
    const eventId = parsed.ok ? { eventId: parsed.value.eventId } : {};
    const told = taken.ok ? accepted(taken.value, language) : refused(taken.failure, language);
    results.push({ ...eventId, ...told });
  }
  return done({ status: 202, body: { results }, language });
}
