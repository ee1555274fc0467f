import * as z from 'zod';
import type { GatewayAuthorizer } from './gateway.ts';
import { authorizerEvent, type EventFields, type Received } from './request-event.ts';

/** What the gateway makes of an authorizer's answer. */
export type Authorization =
  | { readonly kind: 'allowed'; readonly context: Readonly<Record<string, unknown>> }
  | { readonly kind: 'unauthorized' | 'forbidden' | 'broken' };

export type Authorize = (
  authorizer: GatewayAuthorizer,
  received: Received,
  fields: EventFields,
) => Promise<Authorization>;

/** As much of the functions as is asked here. */
export interface Authorizers {
  get(nameOrArn: string): { invoke(event: object): Promise<unknown> };
}

const SimpleResponse = z.object({
  isAuthorized: z.boolean(),
  context: z.record(z.string(), z.unknown()).default({}),
});

/**
 * Asks Lambda authorizers, payload format 2.0 with simple responses. A request without one of the identity sources
 * is turned away unasked; an answer is remembered for its identity sources as long as the template says.
 */
export function authorizing(functions: Authorizers): Authorize {
  const remembered = new Map<string, { readonly answer: Authorization; readonly until: number }>();
  return async (authorizer, received, fields) => {
    const identity = authorizer.identitySources.map((each) => identityOf(each, received, fields));
    if (identity.some((each) => !each)) return { kind: 'unauthorized' };
    const key = JSON.stringify([authorizer.id, ...identity]);
    const known = remembered.get(key);
    if (known && known.until > Date.now()) return known.answer;
    remembered.delete(key);
    const event = authorizerEvent(received, fields, identity.map(String));
    const answer = await ask(functions, authorizer, event);
    // What went wrong is asked again next time.
    if (answer.kind === 'allowed' || answer.kind === 'forbidden') {
      remembered.set(key, { answer, until: Date.now() + authorizer.cacheSeconds * 1000 });
    }
    return answer;
  };
}

async function ask(
  functions: Authorizers,
  authorizer: GatewayAuthorizer,
  event: object,
): Promise<Authorization> {
  try {
    const answer = await functions.get(authorizer.functionArn).invoke(event);
    const parsed = SimpleResponse.safeParse(answer);
    if (!parsed.success) return { kind: 'broken' };
    return parsed.data.isAuthorized
      ? { kind: 'allowed', context: parsed.data.context }
      : { kind: 'forbidden' };
  } catch (error) {
    // The one error text that means something to the gateway.
    return { kind: (error as Error).message === 'Unauthorized' ? 'unauthorized' : 'broken' };
  }
}

/** The value that an identity source names: `$request.header.X`, `$request.querystring.x`, `$context.routeKey`. */
function identityOf(source: string, received: Received, fields: EventFields): string | undefined {
  const [, from, name = ''] =
    /^\$(request\.header|request\.querystring|context)\.(.+)$/.exec(source) ?? [];
  switch (from) {
    case 'request.header':
      return received.headers[name.toLowerCase()];
    case 'request.querystring':
      return new URLSearchParams(received.rawQueryString).get(name) ?? undefined;
    case 'context':
      if (name === 'routeKey') return fields.routeKey;
      break;
    case undefined:
    default:
  }
  throw new Error(`The local system does not know the identity source ${source}`);
}
