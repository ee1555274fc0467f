import type { Operation } from '../../../shared/operation.ts';
import { answersOf, contentOf } from './answers.ts';
import { operationOf } from './operations.ts';
import { parametersOf, SHARED_PARAMETERS } from './parameters.ts';
import { DESCRIBED_ROUTES, type DescribedRoute, isOpen } from './routes.ts';
import { type Json, type Openness, Schemas } from './schemas.ts';
import { INFORMATION, SECURITY_SCHEMES, SERVERS, TAGS } from './about.ts';
import { webhooksOf } from './webhooks.ts';

/** An OpenAPI 3.1 document. */
export type OpenApiDocument = Json & {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Json>>>>;
  readonly components: Json & { readonly schemas: Json };
};

/**
 * The description of the HTTP API, made of its routes and of what each function says of its own.
 *
 * @param answers closed: with nothing in answers that is not told; what comes out for clients is open
 */
export function openApiDocument(answers: Openness = 'open'): OpenApiDocument {
  const schemas = new Schemas(answers);
  const paths: Record<string, Record<string, Json>> = {};
  for (const route of DESCRIBED_ROUTES) {
    const path = (paths[route.path] ??= {});
    path[route.method.toLowerCase()] = operationObject(route, operationOf(route), schemas);
  }
  const webhooks = webhooksOf(schemas);
  return {
    openapi: '3.1.0',
    info: INFORMATION,
    servers: SERVERS,
    tags: TAGS,
    paths,
    webhooks,
    components: {
      schemas: schemas.all(),
      parameters: usedIn(paths),
      securitySchemes: SECURITY_SCHEMES,
    },
  };
}

function operationObject(route: DescribedRoute, operation: Operation, schemas: Schemas): Json {
  const { id, summary, body } = operation;
  return {
    operationId: id,
    tags: [route.lambda],
    summary,
    description: isOpen(route) ? 'For anybody.' : `For: ${route.kinds.join(', ')}.`,
    security: securityOf(route),
    parameters: parametersOf(route, operation, schemas),
    ...(body && {
      requestBody: {
        required: operation.isBodyOptional !== true,
        content: contentOf(body, (schema) => schemas.taken(schema)),
      },
    }),
    responses: answersOf(route, operation, schemas),
  };
}

const securityOf = (route: DescribedRoute): readonly Json[] => {
  if (isOpen(route)) return [];
  return [{ token: route.scopes }, ...(route.certificate ? [{ certificate: [] }] : [])];
};

const usedIn = (paths: object): Json => {
  const text = JSON.stringify(paths);
  return Object.fromEntries(
    Object.entries(SHARED_PARAMETERS).filter(([name]) => text.includes(`/parameters/${name}"`)),
  );
};
