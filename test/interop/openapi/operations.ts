import { DESCRIBED_ROUTES, keyOf } from '../../../infra/cli/openapi/routes.ts';
import type { OpenApiDocument } from '../../../infra/cli/openapi/document.ts';

/** An operation as a client reads it in the document, with who may ask. */
export interface DescribedOperation {
  readonly key: string;
  readonly method: string;
  readonly path: string;
  /** Names in the braces of the path. */
  readonly params: readonly string[];
  readonly kinds: readonly string[];
  readonly scopes: readonly string[];
  readonly content: Readonly<Record<string, { readonly example: unknown }>>;
  readonly query: string;
  readonly idempotent: boolean;
  readonly ifMatch: boolean;
  readonly statuses: readonly number[];
}

interface Told {
  readonly parameters: readonly {
    readonly $ref?: string;
    readonly in?: string;
    readonly name?: string;
    readonly required?: boolean;
    readonly example?: string | number;
    readonly schema?: { readonly examples?: readonly (string | number)[] };
  }[];
  readonly requestBody?: { readonly content: DescribedOperation['content'] };
  readonly responses: object;
}

export const operationsOf = (document: OpenApiDocument): readonly DescribedOperation[] =>
  DESCRIBED_ROUTES.filter(({ method, path }) => document.paths[path]?.[method.toLowerCase()]).map(
    (route) => {
      const told = document.paths[route.path]?.[route.method.toLowerCase()] as unknown as Told;
      return {
        key: keyOf(route),
        method: route.method,
        path: route.path,
        params: [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name),
        kinds: route.kinds,
        scopes: route.scopes,
        content: told.requestBody?.content ?? {},
        query: queryOf(told),
        idempotent: refersTo(told, 'IdempotencyKey'),
        ifMatch: refersTo(told, 'IfMatch'),
        statuses: Object.keys(told.responses).map(Number),
      };
    },
  );

const refersTo = ({ parameters }: Told, name: string): boolean =>
  parameters.some(({ $ref }) => $ref?.endsWith(`/${name}`));

/** What has to be asked for, by its example. */
const queryOf = ({ parameters }: Told): string => {
  const asked = new URLSearchParams();
  for (const { name = '', required, example, schema, ...parameter } of parameters) {
    if (parameter.in !== 'query' || !required) continue;
    asked.set(name, String(example ?? schema?.examples?.[0] ?? 'a'));
  }
  return asked.toString();
};
