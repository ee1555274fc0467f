import { STATUS_CODES } from 'node:http';
import type { FailureCode } from '../../../shared/failures.ts';
import type { Content, Operation, OperationAnswer } from '../../../shared/operation.ts';
import { GatewayAnswer, gatewayAnswersOf } from './gateway.ts';
import { hasVersions } from './parameters.ts';
import { Problem, problemExample, problemsOf } from './problems.ts';
import { type DescribedRoute, isOpen } from './routes.ts';
import type { Json, Schemas } from './schemas.ts';

/** Headers of answers, by name in lower case. */
const HEADERS: Readonly<Record<string, Json>> = {
  etag: {
    description: 'The version, for `If-Match` or `If-None-Match`.',
    schema: { type: 'string' },
  },
  location: { description: 'Where it is.', schema: { type: 'string' } },
  'idempotency-replayed': {
    description: '`true` when the answer is what the first call with this key left.',
    schema: { type: 'string', const: 'true' },
  },
  'www-authenticate': { description: 'What is wrong with the token.', schema: { type: 'string' } },
  'retry-after': { description: 'Seconds.', schema: { type: 'string', pattern: '^[0-9]+$' } },
  link: { description: 'The next page (RFC 8288).', schema: { type: 'string' } },
  ratelimit: {
    description: 'How many calls are left, and for how long.',
    schema: { type: 'string' },
  },
  'ratelimit-policy': { description: 'How many calls a minute.', schema: { type: 'string' } },
};

const OF_STATUS: Readonly<Record<number, string>> = {
  401: 'www-authenticate',
  429: 'retry-after',
  503: 'retry-after',
};

/** All answers of an operation, by status: its own, refusals, and what the gateway says by itself. */
export function answersOf(route: DescribedRoute, operation: Operation, schemas: Schemas): Json {
  const problems = problemsOf(route, operation);
  const gateway = gatewayAnswersOf(route);
  const own = ownAnswers(route, operation);
  const statuses = new Set(
    [...Object.keys(own), ...problems.keys(), ...Object.keys(gateway)].map(Number),
  );
  return Object.fromEntries(
    [...statuses]
      .toSorted((one, other) => one - other)
      .map((status) => {
        const said = gateway[status];
        const parts = [
          ownAnswer(own[status], schemas),
          refusal(problems.get(status) ?? [], schemas),
          said && gatewayPart(said, schemas),
        ].filter((each) => each !== undefined);
        return [String(status), together(status, parts)];
      }),
  );
}

/** With the headers that follow from the route, and that what is known is not sent again. */
function ownAnswers(route: DescribedRoute, operation: Operation): Operation['answers'] {
  const { answers } = operation;
  const following = [
    ...(route.idempotent ? ['idempotency-replayed'] : []),
    ...(route.page ? ['link'] : []),
    ...(isOpen(route) ? [] : ['ratelimit', 'ratelimit-policy']),
  ];
  const told = Object.entries(answers).map(([status, answer]) => [
    status,
    { ...answer, headers: [...new Set([...(answer.headers ?? []), ...following])] },
  ]);
  const known = hasVersions(route, operation) ? [['304', NOT_MODIFIED]] : [];
  return Object.fromEntries([...known, ...told]) as Operation['answers'];
}

const NOT_MODIFIED: OperationAnswer = { summary: 'It is what is known', headers: ['etag'] };

interface Part {
  readonly description: string;
  readonly content: Json;
  readonly headers: readonly string[];
}

const ownAnswer = (answer: OperationAnswer | undefined, schemas: Schemas): Part | undefined =>
  answer && {
    description: answer.summary,
    content: contentOf(answer.content ?? {}, (schema) => schemas.given(schema)),
    headers: answer.headers ?? [],
  };

export const contentOf = (
  content: Readonly<Record<string, Content>>,
  told: (schema: NonNullable<Content['schema']>) => Json,
): Json =>
  Object.fromEntries(
    Object.entries(content).map(([type, { schema, example }]) => [
      type,
      { schema: schema ? told(schema) : { type: 'string' }, example },
    ]),
  );

function refusal(codes: readonly FailureCode[], schemas: Schemas): Part | undefined {
  const [first] = codes;
  if (first === undefined) return undefined;
  const schema = {
    allOf: [schemas.given(Problem)],
    properties: { code: { enum: codes } },
  };
  return {
    description: codes.map((code) => `\`${code}\``).join(', '),
    content: { 'application/problem+json': { schema, example: problemExample(first) } },
    headers: [],
  };
}

const gatewayPart = (
  { message, when }: { message: string; when: string },
  schemas: Schemas,
): Part => ({
  description: `the gateway, when ${when}`,
  content: { 'application/json': { schema: schemas.given(GatewayAnswer), example: { message } } },
  headers: [],
});

function together(status: number, parts: readonly Part[]): Json {
  const headers = [...parts.flatMap((part) => part.headers), OF_STATUS[status] ?? []].flat();
  const content = Object.assign({}, ...parts.map((part) => part.content)) as Json;
  return {
    description:
      `${parts.map(({ description }) => description).join('; ') || STATUS_CODES[status]}.`.replace(
        '..',
        '.',
      ),
    ...(headers.length > 0 && {
      headers: Object.fromEntries(headers.map((name) => [name, headerCalled(name)])),
    }),
    ...(Object.keys(content).length > 0 && { content }),
  };
}

function headerCalled(name: string): Json {
  const header = HEADERS[name];
  if (header === undefined) throw new Error(`Nothing is told of the header ${name}`);
  return header;
}
