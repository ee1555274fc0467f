/** A route of an HTTP API: `GET /v1/patients/{patientId}`, `ANY /{proxy+}` or `$default`. */
export interface RouteKey {
  readonly text: string;
  readonly method: string;
  readonly segments: readonly string[];
}

export const parseRouteKey = (text: string): RouteKey => {
  if (text === '$default') return { text, method: 'ANY', segments: ['{proxy+}'] };
  const [method = 'ANY', path = '/'] = text.split(' ');
  return { text, method, segments: path.split('/').slice(1) };
};

export interface RouteMatch<T> {
  readonly route: T;
  readonly pathParameters: Readonly<Record<string, string>>;
}

/**
 * The route that API Gateway chooses: fixed segments before parameters, parameters before a greedy one, a named
 * method before ANY, `$default` last.
 */
export function matchRoute<T extends { readonly key: RouteKey }>(
  routes: readonly T[],
  method: string,
  path: string,
): RouteMatch<T> | undefined {
  const segments = path.split('/').slice(1);
  const found = routes.flatMap((route) => {
    if (route.key.method !== 'ANY' && route.key.method !== method) return [];
    const pathParameters = parametersOf(route.key.segments, segments);
    return pathParameters ? [{ route, pathParameters, rank: rankOf(route.key) }] : [];
  });
  found.sort((one, other) => (one.rank < other.rank ? -1 : 1));
  return found[0];
}

function parametersOf(
  pattern: readonly string[],
  segments: readonly string[],
): Record<string, string> | undefined {
  const parameters: Record<string, string> = {};
  for (const [at, part] of pattern.entries()) {
    const greedy = /^\{(.+)\+\}$/.exec(part)?.[1];
    if (greedy) {
      if (segments.length <= at) return undefined;
      parameters[greedy] = segments.slice(at).map(decoded).join('/');
      return parameters;
    }
    const segment = segments[at];
    const name = /^\{(.+)\}$/.exec(part)?.[1];
    if (segment === undefined || (name ? segment === '' : segment !== part)) return undefined;
    if (name) parameters[name] = decoded(segment);
  }
  return pattern.length === segments.length ? parameters : undefined;
}

/** Sorts as text: for each segment 0 fixed, 1 parameter, 2 greedy; then the method; `$default` behind all. */
const rankOf = (key: RouteKey): string =>
  key.text === '$default'
    ? '9'
    : key.segments
        .map((part) => (part.startsWith('{') ? (part.endsWith('+}') ? '2' : '1') : '0'))
        .join('') + (key.method === 'ANY' ? 'b' : 'a');

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
