import { parse, withJson } from '../../shared/edge/http/body.ts';
import { byMediaType } from '../../shared/edge/http/by-media-type.ts';
import type { Action, Answer, Call } from '../../shared/edge/http/call.ts';
import { onHttp } from '../../shared/edge/http.ts';
import { ruleOf } from '../../shared/failures.ts';
import type { Log } from '../../shared/log.ts';
import { done, type Failure, type Outcome } from '../../shared/outcome.ts';
import {
  takeEvent,
  type TakeEventPorts,
  type TakenEvent,
} from '../../shared/trigger/take-event.ts';
import { ROUTES } from './route.ts';
import { EventBody, EventsBody } from './schema.ts';

export interface EventPorts extends TakeEventPorts {
  readonly log: Log;
}

/** What happened to patients, from the systems that saw it. */
export const makeHandler = (ports: EventPorts) =>
  onHttp(ROUTES, { 'POST /v1/events': byMediaType(languages(ports)) }, ports.log);

/** The languages in which systems say it. */
const languages = (ports: EventPorts): Readonly<Record<string, Action>> => ({
  'application/json': withJson(EventsBody, (call, body) => takeAll(call, body, ports)),
});

/** One after the other: two events of one list may be the same event. */
async function takeAll(
  { principal }: Call,
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
    results.push({ ...eventId, ...(taken.ok ? accepted(taken.value) : refused(taken.failure)) });
  }
  return done({ status: 202, body: { results } });
}

const accepted = ({ result, triggerId, requests, cancels }: TakenEvent): object => ({
  result,
  triggerId,
  requests,
  ...(requests === 0 && !cancels
    ? { sentence: 'No active request asks to send when this happens.' }
    : {}),
});

const refused = ({ code, faults }: Failure): object => ({
  result: 'refused',
  code,
  sentence: ruleOf(code).says,
  ...(faults === undefined ? {} : { errors: faults }),
});
