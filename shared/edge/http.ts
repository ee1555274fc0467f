// oxlint-disable-next-line import/no-named-as-default -- its types know only the default export
import middy from '@middy/core';
import type {
  APIGatewayProxyEventV2,
  APIGatewayProxyStructuredResultV2,
  Context,
} from 'aws-lambda';
import type { Language } from '../language.ts';
import { errorNameOf, type Log } from '../log.ts';
import { done, fail, type Outcome } from '../outcome.ts';
import { acceptedLanguage } from './http/accepted-language.ts';
import type { Action, Answer, Call, KeyedCall, PublicCall } from './http/call.ts';
import { idempotencyKeyOf } from './http/idempotency-key.ts';
import { answered, problem } from './http/problem.ts';
import { isPublic, mayActFor, mayCall, type Route, routeKeyOf } from './identity/access.ts';
import { authorized } from './identity/authorize.ts';
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

/** What every function that an HTTP API calls needs at its door. */
export interface HttpPorts {
  readonly log: Log;
}

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
  { log }: HttpPorts,
) {
  return middy<Event, APIGatewayProxyStructuredResultV2>({ timeoutEarlyInMillis: ANSWER_MS })
    .onError((request) => {
      log.error('http-failed', {
        awsRequestId: request.context.awsRequestId,
        errorName: errorNameOf(request.error),
      });
      const timedOut = request.error?.name === 'TimeoutError';
      const code = timedOut ? 'edge/unavailable' : 'edge/failed';
      const asked = {
        requestId: request.context.awsRequestId,
        language: languageOf(request.event),
      };
      request.response = problem({ code }, asked);
    })
    .handler(async (event: Event, context: Context): Promise<APIGatewayProxyStructuredResultV2> => {
      const route = routes.find((each) => routeKeyOf(each) === event.routeKey);
      const outcome = await answer(event, route, actions);
      const result = outcome.ok
        ? answered(outcome.value)
        : problem(outcome.failure, {
            requestId: context.awsRequestId,
            language: languageOf(event),
            ...(route === undefined ? {} : { route }),
          });
      const code = outcome.ok ? outcome.value.refused : outcome.failure.code;
      log.info('http-answered', {
        awsRequestId: context.awsRequestId,
        ...(route === undefined ? {} : { route: routeKeyOf(route) }),
        ...(result.statusCode === undefined ? {} : { status: result.statusCode }),
        ...(code === undefined ? {} : { code }),
      });
      return result;
    });
}

async function answer(
  event: Event,
  route: Route | undefined,
  actions: Readonly<Record<string, Action<never>>>,
): Promise<Outcome<Answer>> {
  // Which calls an action takes its route says, by the type of `ActionsOf`.
  const action = route && (actions[routeKeyOf(route)] as Action<PublicCall> | undefined);
  if (route === undefined || action === undefined) return fail('edge/not-found');
  const call: PublicCall = {
    params: event.pathParameters ?? {},
    query: event.queryStringParameters ?? {},
    headers: event.headers,
    language: languageOf(event),
    body: Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8'),
  };
  if (isPublic(route)) return action(call);
  const principal = admitted(event, route);
  if (!principal.ok) return principal;
  const admittedCall: Call = { ...call, principal: principal.value };
  return route.idempotent ? keyed(admittedCall, action) : action(admittedCall);
}

async function keyed(call: Call, action: Action<KeyedCall>): Promise<Outcome<Answer>> {
  const key = idempotencyKeyOf(call);
  return key.ok ? action({ ...call, idempotencyKey: key.value, isRepeat: false }) : key;
}

const languageOf = ({ headers }: Event): Language => acceptedLanguage(headers['accept-language']);

/** @failure edge/unauthenticated, edge/token-expired, edge/forbidden */
function admitted(event: Event, route: Route): Outcome<Principal> {
  const principal = authorized(event.requestContext.authorizer?.lambda);
  if (!principal.ok) return principal;
  const callable = mayCall(principal.value, route);
  if (!callable.ok) return callable;
  const patientId = event.pathParameters?.['patientId'];
  return patientId === undefined ? done(callable.value) : mayActFor(callable.value, patientId);
}
