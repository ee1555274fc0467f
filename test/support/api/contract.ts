import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { type OpenApiDocument, openApiDocument } from '../../../infra/cli/openapi/document.ts';

/** An answer as it went out, whichever way it was asked for. */
export interface Given {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, unknown>>;
  /** Parsed where it is JSON. */
  readonly body: unknown;
}

interface TheirAnswer {
  readonly headers?: Readonly<Record<string, { readonly schema: object }>>;
  readonly content?: Readonly<Record<string, { readonly schema: object }>>;
}

/** What the OpenAPI document promises, asked of answers. */
export interface Contract {
  readonly document: OpenApiDocument;
  /**
   * @param key `METHOD /path` as in the route table
   * @returns what is not as it is told, in words; nothing when all is
   */
  faultsOf(key: string, given: Given): readonly string[];
  /** @param pointer of a schema of the document, as the parts of its path */
  validator(...pointer: readonly string[]): ValidateFunction;
}

/** By the closed document: nothing may come out that is not told. */
export function apiContract(document = openApiDocument('closed')): Contract {
  const ajv = new Ajv2020({ strict: false, allErrors: false });
  formats.default(ajv);
  ajv.addSchema(document, 'api');
  const known = new Map<string, ValidateFunction>();

  const validator = (...parts: readonly string[]): ValidateFunction => {
    const pointer = parts.map(escaped).join('/');
    const validate = known.get(pointer) ?? ajv.compile({ $ref: `api#/${pointer}` });
    known.set(pointer, validate);
    return validate;
  };
  const faultsOf = (key: string, { status, headers, body }: Given): readonly string[] => {
    const [method = '', path = ''] = key.split(' ');
    const place = ['paths', path, method.toLowerCase(), 'responses', String(status)];
    const told = at(document, place) as TheirAnswer | undefined;
    if (told === undefined) return [`${key}: ${status} is not told`];
    return [
      ...bodyFaults(told, place, { type: headers['content-type'], body }),
      ...Object.entries(told.headers ?? {}).flatMap(([name]) =>
        headers[name] === undefined
          ? []
          : wrong(validator(...place, 'headers', name, 'schema'), headers[name], name),
      ),
    ].map((fault) => `${key} ${status}: ${fault}`);
  };
  const bodyFaults = (
    { content = {} }: TheirAnswer,
    place: readonly string[],
    { type, body }: { readonly type: unknown; readonly body: unknown },
  ): readonly string[] => {
    if (Object.keys(content).length === 0)
      return isNothing(body) ? [] : ['a body that is not told'];
    const media = String(type).split(';')[0] ?? '';
    if (content[media] === undefined) return [`${media} is not told`];
    const isJson = media.endsWith('json');
    const validate = validator(...place, 'content', media, 'schema');
    const value = isJson && body instanceof Uint8Array ? parsed(body) : body;
    return isJson ? wrong(validate, value, JSON.stringify(value)) : [];
  };
  return { document, faultsOf, validator };
}

const parsed = (bytes: Uint8Array): unknown => JSON.parse(Buffer.from(bytes).toString());

const isNothing = (body: unknown): boolean =>
  body === undefined || body === '' || (body instanceof Uint8Array && body.length === 0);

function wrong(validate: ValidateFunction, value: unknown, shown: string): readonly string[] {
  if (validate(value)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) =>
      `${instancePath} ${message} ${JSON.stringify(params)} in ${shown.slice(0, 600)}`,
  );
}

const escaped = (part: string): string =>
  encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));

const at = (value: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((found, part) => (found as Record<string, unknown>)?.[part], value);
