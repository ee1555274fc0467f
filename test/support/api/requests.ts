import * as fc from 'fast-check';
import type { OpenApiDocument } from '../../../infra/cli/openapi/document.ts';
import { MEDIA_TYPES, NO_JSON, spoiling, TRICKY } from './broken.ts';
import { fitting } from './from-schema.ts';

/** What is asked, before the names of the things that there are stand in it. */
export interface Random {
  /** `METHOD /path` of the route. */
  readonly key: string;
  /** Of those that are not the name of something that there is. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes?: Uint8Array;
  /** Who asks: the one for whom the route is, unless said. */
  readonly by: 'right' | 'nobody' | 'other' | 'scopeless';
}

interface Told {
  readonly parameters?: readonly {
    readonly $ref?: string;
    readonly in?: string;
    readonly name?: string;
    readonly schema?: object;
  }[];
  readonly requestBody?: {
    readonly content: Readonly<
      Record<string, { readonly schema: object; readonly example?: unknown }>
    >;
  };
}

/** A request as the examples of the document have it. */
export function exampleOf(key: string, document: OpenApiDocument): Random {
  const { parameters = [], requestBody } = toldOf(key, document);
  const [type, told] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  const text = typeof told?.example === 'string' ? told.example : JSON.stringify(told?.example);
  const wants = (name: string): boolean =>
    parameters.some(({ $ref }) => $ref?.endsWith(`/${name}`));
  return {
    key,
    params: {},
    query: {},
    headers: {
      ...(type !== undefined && { 'content-type': type }),
      ...(wants('IdempotencyKey') && { 'idempotency-key': 'key-1' }),
      ...(wants('IfMatch') && { 'if-match': '*' }),
    },
    ...(type !== undefined && { bytes: Buffer.from(text) }),
    by: 'right',
  };
}

function toldOf(key: string, document: OpenApiDocument): Told {
  const [method = '', path = ''] = key.split(' ');
  return document.paths[path]?.[method.toLowerCase()] as Told;
}

/** Requests of one operation: as they should be, and with something wrong with them. */
export function requestsOf(key: string, document: OpenApiDocument): fc.Arbitrary<Random> {
  const told = toldOf(key, document);
  const named = [...key.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  return fc
    .record({
      key: fc.constant(key),
      params: seldom(fc.record(Object.fromEntries(named.map((name) => [name, wordInPath()]))), {}),
      query: queryOf(told, document),
      by: fc.oneof(
        { weight: 8, arbitrary: fc.constant('right' as const) },
        { weight: 1, arbitrary: fc.constantFrom('nobody', 'other', 'scopeless') },
      ),
      sent: sentOf(told, document),
      more: headersOf(told),
    })
    .map(({ sent, more, ...rest }) => ({
      ...rest,
      headers: { ...sent.headers, ...more },
      ...(sent.bytes && { bytes: sent.bytes }),
    }));
}

const seldom = <T>(odd: fc.Arbitrary<T>, usual: T): fc.Arbitrary<T> =>
  fc.oneof({ weight: 6, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: odd });

const isSound = (text: string): boolean => text !== '' && text.isWellFormed();

const wordInPath = (): fc.Arbitrary<string> =>
  fc
    .oneof(
      fc.constantFrom(...TRICKY),
      fc.string({ minLength: 1 }),
      fc.stringMatching(/^(req|tx|whk|con|upl)_[a-z2-7]{26}$/),
      fc.constantFrom('ben', 'nobody', 'toString', 'es', '2026-01-01'),
    )
    .filter(isSound);

function queryOf(
  { parameters = [] }: Told,
  document: OpenApiDocument,
): fc.Arbitrary<Readonly<Record<string, string>>> {
  const known = parameters
    .map((each) => (each.$ref ? named(each.$ref, document) : each))
    .filter((each) => each.in === 'query');
  const right = fc.record(
    Object.fromEntries(
      known.map(({ name = '', schema = {} }) => [
        name,
        fitting(schema as never, document).map(String),
      ]),
    ),
    { requiredKeys: [] },
  );
  const wrong = fc.dictionary(
    fc.oneof(fc.constantFrom('limit', 'cursor', 'q', '__proto__', 'constructor'), fc.string()),
    fc.oneof(fc.constantFrom(...TRICKY), fc.string()),
    { maxKeys: 3 },
  );
  return fc.oneof({ weight: 3, arbitrary: right }, { weight: 1, arbitrary: wrong }) as fc.Arbitrary<
    Readonly<Record<string, string>>
  >;
}

const named = (
  reference: string,
  document: OpenApiDocument,
): NonNullable<Told['parameters']>[number] =>
  (document.components['parameters'] as Record<string, NonNullable<Told['parameters']>[number]>)[
    reference.split('/').at(-1) ?? ''
  ] ?? {};

const headersOf = ({ parameters = [] }: Told): fc.Arbitrary<Readonly<Record<string, string>>> => {
  const keyed = parameters.some(({ $ref }) => $ref?.endsWith('/IdempotencyKey'));
  const matched = parameters.some(({ $ref }) => $ref?.endsWith('IfMatch'));
  const word = fc.oneof(fc.constantFrom(...TRICKY), fc.string());
  return fc.record(
    {
      ...(keyed && { 'idempotency-key': often(fc.constantFrom('key-1', '"key 2"'), word) }),
      ...(matched && { 'if-match': often(fc.constantFrom('"1"', '"2"', '*'), word) }),
      'accept-language': often(fc.constantFrom('es', 'en'), word),
      'if-none-match': fc.oneof(fc.constant('*'), word),
    },
    { requiredKeys: keyed ? ['idempotency-key'] : [] } as never,
  );
};

const often = (usual: fc.Arbitrary<string>, odd: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof({ weight: 5, arbitrary: usual }, { weight: 1, arbitrary: odd });

interface Sent {
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes?: Uint8Array;
}

/** A body: that of the example, one that fits, one that is spoiled, or something else. */
function sentOf({ requestBody }: Told, document: OpenApiDocument): fc.Arbitrary<Sent> {
  const anything = fc.record({
    headers: fc.record({ 'content-type': fc.constantFrom(...MEDIA_TYPES) }),
    bytes: fc.oneof(fc.constantFrom(...NO_JSON), fc.uint8Array({ maxLength: 300 })),
  });
  if (!requestBody) {
    return fc.oneof(
      { weight: 5, arbitrary: fc.constant({ headers: {} }) },
      { weight: 1, arbitrary: anything },
    );
  }
  const kinds = Object.entries(requestBody.content).map(([type, { schema, example }]) => {
    const of = (bytes: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Sent> =>
      bytes.map((each) => ({ headers: { 'content-type': type }, bytes: each }));
    if (!type.endsWith('json')) {
      const text = String(example);
      return of(fc.oneof(fc.constant(Buffer.from(text)), torn(text), fc.constantFrom(...NO_JSON)));
    }
    const fits = fc.oneof(fc.constant(example), fitting(schema as never, document));
    return fc.oneof(
      { weight: 2, arbitrary: of(fits.map(json)) },
      { weight: 3, arbitrary: of(fits.chain(spoiling).map(json)) },
      { weight: 1, arbitrary: of(fc.constantFrom(...NO_JSON)) },
    );
  });
  return fc.oneof({ weight: 9, arbitrary: fc.oneof(...kinds) }, { weight: 1, arbitrary: anything });
}

const json = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value) ?? '');

/** The text with something else in the place of a part of it. */
const torn = (text: string): fc.Arbitrary<Uint8Array> =>
  fc
    .tuple(
      fc.nat({ max: text.length }),
      fc.nat({ max: 20 }),
      fc.oneof(fc.constantFrom(...TRICKY), fc.string()),
    )
    .map(([at, length, other]) => Buffer.from(text.slice(0, at) + other + text.slice(at + length)));
