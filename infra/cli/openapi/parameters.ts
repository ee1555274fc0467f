import type * as z from 'zod';
import type { Operation } from '../../../shared/operation.ts';
import type { DescribedRoute } from './routes.ts';
import type { Json, Schemas } from './schemas.ts';

interface Told {
  readonly description: string;
  readonly schema: Json;
  readonly example?: unknown;
}

const chosen = { type: 'string', pattern: '^[A-Za-z0-9._~-]{1,128}$' };
const made = (prefix: string): Told['schema'] => ({
  type: 'string',
  pattern: `^${prefix}_[a-z2-7]{26}$`,
});
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** What stands in the braces of paths. */
const IN_PATH: Readonly<Record<string, Told>> = {
  patientId: {
    description: 'The id that the data holder has for the patient.',
    schema: chosen,
    example: 'ana',
  },
  documentId: {
    description: 'The id that the data holder has for the document.',
    schema: chosen,
    example: 'summary',
  },
  requestId: {
    description: 'Of a transmit request.',
    schema: made('req'),
    example: `req_${LETTERS}`,
  },
  transmissionId: { description: 'Of one copy.', schema: made('tx'), example: `tx_${LETTERS}` },
  webhookId: { description: 'Of a webhook.', schema: made('whk'), example: `whk_${LETTERS}` },
  consentId: {
    description: 'Of an answer to a consent text.',
    schema: made('con'),
    example: `con_${LETTERS}`,
  },
  uploadId: { description: 'Of an upload.', schema: made('upl'), example: `upl_${LETTERS}` },
  language: { description: 'Of the text, as its tag.', schema: { type: 'string' }, example: 'en' },
  version: { description: 'Of the text.', schema: { type: 'string' }, example: '2026-06-01' },
};

/** Headers that follow from the route. */
export const SHARED_PARAMETERS: Readonly<Record<string, Json>> = {
  AcceptLanguage: {
    name: 'Accept-Language',
    in: 'header',
    description: 'In which language sentences are wanted: `en`, `es`.',
    schema: { type: 'string' },
    example: 'es',
  },
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    required: true,
    description:
      'New for each new request, the same when it is sent again: 1 to 255 printable ASCII signs without quote and backslash, bare or in quotes.',
    schema: { type: 'string', pattern: '^\\s*"?[ !#-\\[\\]-~]{1,255}"?\\s*$' },
    example: 'b6c1a0f4-1f0e-4c53-9d3e-0a4a5a6a7a8a',
  },
  IfMatch: {
    name: 'If-Match',
    in: 'header',
    required: true,
    description:
      'The `ETag` of what was read: nothing is changed that somebody else has changed since.',
    schema: { type: 'string' },
    example: '"1"',
  },
  OptionalIfMatch: {
    name: 'If-Match',
    in: 'header',
    description:
      'The `ETag` of what was read: nothing is changed that somebody else has changed since.',
    schema: { type: 'string' },
    example: '"1"',
  },
  IfNoneMatch: {
    name: 'If-None-Match',
    in: 'header',
    description: 'The `ETag` of what is known: it is not sent again.',
    schema: { type: 'string' },
    example: '"1"',
  },
  Limit: {
    name: 'limit',
    in: 'query',
    description: 'How many at most.',
    schema: { type: 'integer', minimum: 1, maximum: 100, default: 50 },
    example: 20,
  },
  Cursor: {
    name: 'cursor',
    in: 'query',
    description: 'The `nextCursor` of the page before, as it came.',
    schema: { type: 'string' },
  },
};

const shared = (name: string): Json => ({
  $ref: `#/components/parameters/${name}`,
});

/** All parameters of an operation: of its path, of its query, and its headers. */
export const parametersOf = (
  route: DescribedRoute,
  operation: Operation,
  schemas: Schemas,
): readonly Json[] => [
  ...inPath(route),
  ...members('query', operation.query, schemas),
  ...members('header', operation.headers, schemas),
  ...(route.page ? [shared('Limit'), shared('Cursor')] : []),
  ...(route.idempotent ? [shared('IdempotencyKey')] : []),
  ...(route.ifMatch ? [shared(route.ifMatch === 'optional' ? 'OptionalIfMatch' : 'IfMatch')] : []),
  ...(hasVersions(route, operation) ? [shared('IfNoneMatch')] : []),
  shared('AcceptLanguage'),
];

/** Whether what it answers has a version, so that what is known need not be sent again. */
export const hasVersions = ({ method }: DescribedRoute, { answers }: Operation): boolean =>
  method === 'GET' && answers[200]?.headers?.includes('etag') === true;

const inPath = ({ path }: DescribedRoute): readonly Json[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => {
    const told = IN_PATH[name];
    if (told === undefined) throw new Error(`Nothing is told of {${name}} in ${path}`);
    return { name, in: 'path', required: true, ...told };
  });

/** Each member of an object, as a parameter of its own. */
function members(where: 'query' | 'header', schema: z.ZodType | undefined, schemas: Schemas) {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = schemas.taken(schema) as {
    properties?: Readonly<Record<string, Json>>;
    required?: readonly string[];
  };
  return Object.entries(properties).map(([name, { description, ...each }]) => ({
    name,
    in: where,
    ...(required.includes(name) && { required: true }),
    ...(description !== undefined && { description }),
    schema: each,
  }));
}
