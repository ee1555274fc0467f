import { ROUTES } from '../../lambdas/routes.ts';
import type { Principal } from '../../shared/edge/identity/principal.ts';

export interface Asking {
  readonly as?: Principal;
  readonly json?: unknown;
  /** Wins over `json`. */
  readonly body?: string;
  readonly bytes?: Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
  /** Instead of what the authorizer would hand over for `as`. */
  readonly context?: object;
}

/**
 * The function that the gateway calls, and with what.
 *
 * @param asked method and path, as a client writes them
 */
export function calledBy(asked: string, asking: Asking): { lambda: string; event: object } {
  const [place = '', query] = asked.split('?');
  const { route, pathParameters } = routeOf(place);
  const routed = { pathParameters, queryStringParameters: queryOf(query) };
  return {
    lambda: route.lambda,
    event: eventOf(`${route.method} ${route.path}`, routed, asking),
  };
}

/** As API Gateway chooses: a literal segment before a parameter. */
function routeOf(asked: string) {
  const [method = '', path = ''] = asked.split(' ');
  const segments = path.split('/');
  const found = ROUTES.filter((route) => route.method === method)
    .map((route) => ({ route, pathParameters: paramsOf(route.path.split('/'), segments) }))
    .filter(({ pathParameters }) => pathParameters !== undefined)
    .sort((one, other) => parameters(one.route.path) - parameters(other.route.path))[0];
  if (found === undefined) throw new Error(`No route for ${asked}`);
  return found;
}

const parameters = (path: string): number => path.split('{').length;

function paramsOf(
  pattern: readonly string[],
  segments: readonly string[],
): Record<string, string> | undefined {
  if (pattern.length !== segments.length) return undefined;
  const params: Record<string, string> = {};
  for (const [at, part] of pattern.entries()) {
    const segment = segments[at] ?? '';
    if (part.startsWith('{')) params[part.slice(1, -1)] = decodeURIComponent(segment);
    else if (part !== segment) return undefined;
  }
  return params;
}

/** Absent where there is none, as the gateway leaves it out. */
const queryOf = (text: string | undefined): object | undefined =>
  text === undefined ? undefined : Object.fromEntries(new URLSearchParams(text));

function eventOf(routeKey: string, routed: object, asking: Asking): object {
  const { as, json, body, bytes, headers, context } = asking;
  const principal = as === undefined ? undefined : { principal: JSON.stringify(as) };
  const lambda = context ?? principal;
  return {
    version: '2.0',
    routeKey,
    ...routed,
    headers: { ...(json === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    body: bytes ? Buffer.from(bytes).toString('base64') : (body ?? JSON.stringify(json)),
    isBase64Encoded: bytes !== undefined,
    requestContext: lambda === undefined ? {} : { authorizer: { lambda } },
  };
}
