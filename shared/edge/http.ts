// oxlint-disable-next-line import/no-named-as-default -- its types know only the default export
import middy from '@middy/core';
import type {
  APIGatewayProxyEventV2,
  APIGatewayProxyStructuredResultV2,
  Context,
} from 'aws-lambda';
import type { Door } from '../door.ts';
import type { Language } from '../language.ts';
import { errorNameOf, type Log } from '../log.ts';
import { done, fail, type Outcome } from '../outcome.ts';
import type { StopReader } from '../switches.ts';
import { acceptedLanguage } from './http/accepted-language.ts';
import type { Action, Answer, Call, KeyedCall, PublicCall } from './http/call.ts';
import { type Entered, keyed } from './http/door/keyed.ts';
import { counted } from './http/door/quota.ts';
import { unlessKnown } from './http/known.ts';
import { answered, type AskedFor, problem } from './http/problem.ts';
import { isPublic, mayActFor, mayCall, type Route, routeKeyOf } from './identity/access.ts';
import { hasSteppedUp } from './identity/assurance.ts';
import { authorized, signInWanted } from './identity/handed-over.ts';
import type { Principal } from './identity/principal.ts';

type KeyOf<R extends Route> = R extends Route ? `${R['method']} ${R['path']}` : never;
type PublicOf<R extends Route> = R extends { readonly kinds: readonly ['any'] } ? R : never;
type IdempotentOf<R extends Route> = R extends { readonly idempotent: true } ? R : never;

/** One action for each route of the function; only an action of a public route does without a principal. */
export type ActionsOf<Routes extends readonly Route[]> = {
  readonly [Key in KeyOf<Routes[number]>]: Key extends KeyOf<PublicOf<Routes[number]>>
    ? Action<PublicCall>
    : Key extends KeyOf<IdempotentOf<Routes[number]>>
      ? Action<KeyedCall>
      : Action;
};

type Event = APIGatewayProxyEventV2 & {
  readonly requestContext: { readonly authorizer?: { readonly lambda?: unknown } };
};

/** What every function that an HTTP API calls needs. */
export interface PublicPorts {
  readonly log: Log;
}

/** What it needs besides for routes that are not open to anybody. */
export interface HttpPorts extends PublicPorts {
  readonly door: Door;
}

/** What it needs besides for routes by which something new is taken in. */
export interface IntakePorts extends HttpPorts {
  readonly stops: StopReader;
}

type PortsOf<Routes extends readonly Route[]> = [
  Exclude<Routes[number], PublicOf<Routes[number]>>,
] extends [never]
  ? PublicPorts
  : [Extract<Routes[number], { readonly intake: true }>] extends [never]
    ? HttpPorts
    : IntakePorts;

/** When it is worth asking again whether something new is taken in. */
const STOPPED_SECONDS = 60;

/** Time that is left for an answer when Lambda is about to cut an action off. */
const ANSWER_MS = 500;

/**
 * Enters a function that an HTTP API calls (payload 2.0). A refusal becomes a problem document, and so does a throw,
 * as `edge/failed` with the request id and nothing of the error. It fails closed: the principal is checked here again,
 * against this function's own routes, whatever the authorizer in front let through.
 */
export function onHttp<const Routes extends readonly Route[]>(
  routes: Routes,
  actions: ActionsOf<Routes>,
  ports: PortsOf<Routes>,
) {
  const { log } = ports;
  return middy<Event, APIGatewayProxyStructuredResultV2>({ timeoutEarlyInMillis: ANSWER_MS })
    .onError((request) => {
      log.error('http-failed', {
        awsRequestId: request.context.awsRequestId,
        errorName: errorNameOf(request.error),
      });
      const timedOut = request.error?.name === 'TimeoutError';
      const code = timedOut ? 'edge/unavailable' : 'edge/failed';
      request.response = problem({ code }, askedFor(request.event, request.context));
    })
    .handler(async (event: Event, context: Context): Promise<APIGatewayProxyStructuredResultV2> => {
      const route = routes.find((each) => routeKeyOf(each) === event.routeKey);
      const { outcome, headers } = await answer(event, route, actions, ports);
      const result = outcome.ok
        ? answered(unlessKnown(event, outcome.value))
        : problem(outcome.failure, askedFor(event, context, route));
      const code = outcome.ok ? outcome.value.refused : outcome.failure.code;
      log.info('http-answered', {
        awsRequestId: context.awsRequestId,
        ...(route === undefined ? {} : { route: routeKeyOf(route) }),
        ...(result.statusCode === undefined ? {} : { status: result.statusCode }),
        ...(code === undefined ? {} : { code }),
      });
      return { ...result, headers: { ...result.headers, ...headers } };
    });
}

async function answer(
  event: Event,
  route: Route | undefined,
  actions: Readonly<Record<string, Action<never>>>,
  ports: PublicPorts,
): Promise<Entered> {
  // Which calls an action takes its route says, by the type of `ActionsOf`.
  const action = route && (actions[routeKeyOf(route)] as Action<PublicCall> | undefined);
  if (route === undefined || action === undefined) return only(fail('edge/not-found'));
  const call: PublicCall = {
    params: event.pathParameters ?? {},
    query: event.queryStringParameters ?? {},
    headers: event.headers,
    language: languageOf(event),
    body: Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8'),
  };
  if (isPublic(route)) return only(await action(call));
  const principal = admitted(event, route);
  if (!principal.ok) return only(principal);
  // Whoever has a route that is not public has a door, and who takes something in the stops, by the type of `onHttp`.
  return pass({ ...call, principal: principal.value }, route, action, ports as IntakePorts);
}

/** Counts a call, and where its route wants a key, runs it under that. */
async function pass(
  call: Call,
  route: Route,
  action: Action,
  { door, stops }: IntakePorts,
): Promise<Entered> {
  const { refused, headers } = await counted(call.principal, route, door);
  if (refused !== undefined) return { outcome: fail(refused), headers };
  if (route.intake && (await stops.stopOf('intake'))) {
    const wait = { 'retry-after': String(STOPPED_SECONDS) };
    return { outcome: fail('edge/intake-stopped'), headers: { ...headers, ...wait } };
  }
  if (isEncoded(call)) return { outcome: fail('edge/unsupported-media'), headers };
  if (!route.idempotent) return { outcome: await action(call), headers };
  const entered = await keyed(call, route, action, door.keys);
  return { ...entered, headers: { ...headers, ...entered.headers } };
}

/** What is compressed would have to be measured again when it is not any more. */
const isEncoded = ({ headers }: Call): boolean =>
  !['', 'identity'].includes((headers['content-encoding'] ?? '').trim().toLowerCase());

const only = (outcome: Outcome<Answer>): Entered => ({ outcome, headers: {} });

function askedFor(event: Event, { awsRequestId }: Context, route?: Route): AskedFor {
  const signIn = signInWanted(event.requestContext.authorizer?.lambda);
  return {
    requestId: awsRequestId,
    language: languageOf(event),
    ...(route === undefined ? {} : { route }),
    ...(signIn === undefined ? {} : { signIn }),
  };
}

const languageOf = ({ headers }: Event): Language => acceptedLanguage(headers['accept-language']);

/**
 * @failure edge/unauthenticated, edge/forbidden, edge/step-up-needed, and what the authorizer refused; step-up last: nobody
 * is to sign in again for what is not for them
 */
function admitted(event: Event, route: Route): Outcome<Principal> {
  const principal = authorized(event.requestContext.authorizer?.lambda);
  if (!principal.ok) return principal;
  const callable = mayCall(principal.value, route);
  if (!callable.ok) return callable;
  const patientId = event.pathParameters?.['patientId'];
  const acting =
    patientId === undefined ? done(callable.value) : mayActFor(callable.value, patientId);
  return acting.ok && route.stepUp ? hasSteppedUp(acting.value) : acting;
}
