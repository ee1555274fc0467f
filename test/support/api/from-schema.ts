import * as fc from 'fast-check';
import type { OpenApiDocument } from '../../../infra/cli/openapi/document.ts';

type Schema = Readonly<Record<string, unknown>>;

/** Deep enough for every body, shallow enough to end. */
const DEEPEST = 12;

/** Values that fit a schema of the document. */
export function fitting(
  schema: Schema,
  document: OpenApiDocument,
  depth = 0,
): fc.Arbitrary<unknown> {
  const inner = (each: unknown): fc.Arbitrary<unknown> =>
    fitting(each as Schema, document, depth + 1);
  if (depth > DEEPEST) return fc.constant({});
  if (typeof schema['$ref'] === 'string') return inner(referred(schema['$ref'], document));
  if ('const' in schema) return fc.constant(schema['const']);
  if (Array.isArray(schema['enum'])) return fc.constantFrom(...(schema['enum'] as unknown[]));
  const choices = (schema['anyOf'] ?? schema['oneOf']) as readonly unknown[] | undefined;
  if (choices) return fc.oneof(...choices.map(inner));
  const parts = schema['allOf'] as readonly Schema[] | undefined;
  if (parts) {
    return fc.tuple(...parts.map(inner)).map((all) => Object.assign({}, ...all) as unknown);
  }
  const { type } = schema;
  if (Array.isArray(type)) return fc.oneof(...type.map((each) => inner({ ...schema, type: each })));
  switch (type) {
    case 'string':
      return text(schema);
    case 'integer':
      return fc.integer(range(schema));
    case 'number':
      return fc.double({ ...range(schema), noNaN: true, noDefaultInfinity: true });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return list(schema, inner);
    case 'object':
      return members(schema, inner);
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

function referred(reference: string, document: OpenApiDocument): Schema {
  const parts = reference.replace('#/', '').split('/');
  return parts.reduce<unknown>((found, part) => (found as Schema)[part], document) as Schema;
}

const bound = (value: unknown, otherwise: number): number =>
  typeof value === 'number' && Math.abs(value) < 2 ** 31 ? value : otherwise;

const range = ({ minimum, maximum }: Schema): { min: number; max: number } => ({
  min: bound(minimum, -1000),
  max: bound(maximum, 100_000),
});

function text({ format, pattern, minLength = 0, maxLength = 40 }: Schema): fc.Arbitrary<string> {
  const min = Number(minLength);
  const max = Math.max(min, Math.min(Number(maxLength), 60));
  if (format === 'date') return moment().map((iso) => iso.slice(0, 10));
  if (format === 'date-time') return moment();
  if (format === 'uri') return fc.webUrl();
  if (typeof pattern === 'string') return matching(pattern, max);
  return fc.string({ minLength: min, maxLength: max, unit: 'grapheme' });
}

const moment = (): fc.Arbitrary<string> =>
  fc
    .date({ min: new Date('1950-01-01'), max: new Date('2040-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString());

/** Patterns beyond what can be made of them are met by words. */
function matching(pattern: string, max: number): fc.Arbitrary<string> {
  const expression = new RegExp(pattern, 'u');
  const words = fc
    .string({ minLength: 1, maxLength: Math.max(1, max) })
    .filter((each) => expression.test(each));
  try {
    return fc.stringMatching(new RegExp(pattern)).map((each) => each.slice(0, 500));
  } catch {
    return words;
  }
}

function list(
  { items = {}, prefixItems = [], minItems = 0, maxItems = 4 }: Schema,
  inner: (schema: unknown) => fc.Arbitrary<unknown>,
): fc.Arbitrary<unknown> {
  const first = fc.tuple(...(prefixItems as readonly unknown[]).map(inner));
  const min = Math.max(0, Number(minItems));
  const rest = fc.array(inner(items), {
    minLength: min,
    maxLength: Math.max(min, Math.min(Number(maxItems), 4)),
  });
  return fc.tuple(first, rest).map(([one, other]) => [...one, ...other]);
}

function members(
  { properties = {}, required = [] }: Schema,
  inner: (schema: unknown) => fc.Arbitrary<unknown>,
): fc.Arbitrary<unknown> {
  const values = Object.entries(properties as Schema).map(
    ([name, each]) => [name, inner(each)] as const,
  );
  const needed = (required as readonly string[]).filter((name) => name in (properties as Schema));
  return fc.record(Object.fromEntries(values), { requiredKeys: needed, noNullPrototype: true });
}
