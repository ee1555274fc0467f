import { done, fail, failAt, type Outcome } from '../../outcome.ts';
import type { Action, Answer, Call, PublicCall } from './call.ts';
import { type JsonBounds, jsonIn, OURS } from './json.ts';

/** A zod schema, as far as the edge needs one. */
export interface Schema<T> {
  safeParse(
    value: unknown,
  ):
    | { readonly success: true; readonly data: T }
    | { readonly success: false; readonly error: { readonly issues: readonly Issue[] } };
}

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly code: string;
}

/** Under which media type JSON comes, and how much of it is taken. */
export interface JsonForm extends JsonBounds {
  readonly type: string;
}

/** What Lambda takes inline: 6 MB an event, a third of it lost to base64, and room for the headers. */
export const MAX_INLINE_BYTES = 4_400_000;

const PLAIN: JsonForm = { ...OURS, type: 'application/json' };
/** RFC 7396: what is to be otherwise of something that is there. */
export const MERGE_PATCH: JsonForm = { ...OURS, type: 'application/merge-patch+json' };
const MAX_FAULTS = 20;

type Run<T, C> = (call: C, body: T) => Promise<Outcome<Answer>>;

/**
 * An action on a JSON body of this schema.
 *
 * @failure edge/unsupported-media, edge/too-large, edge/malformed (with a pointer to each fault, never its value)
 */
export const withJson =
  <T, C extends PublicCall = Call>(schema: Schema<T>, run: Run<T, C>, form = PLAIN): Action<C> =>
  async (call) => {
    const body = readJson(call, schema, form);
    return body.ok ? run(call, body.value) : body;
  };

/** The same, where a call without body means an empty object. */
export const withOptionalJson =
  <T, C extends PublicCall = Call>(schema: Schema<T>, run: Run<T, C>): Action<C> =>
  async (call) => {
    const body = call.body.length === 0 ? parse({}, schema) : readJson(call, schema, PLAIN);
    return body.ok ? run(call, body.value) : body;
  };

function readJson<T>(call: PublicCall, schema: Schema<T>, form: JsonForm): Outcome<T> {
  if (mediaTypeOf(call.headers['content-type']).type !== form.type) {
    return fail('edge/unsupported-media');
  }
  if (call.body.length > form.maxBytes) return fail('edge/too-large');
  const value = jsonIn(call.body, form);
  return value.ok ? parse(value.value, schema) : value;
}

/** A Content-Type without its parameters, and the one of them that says how to read text; in lower case. */
export function mediaTypeOf(contentType: string | undefined): {
  readonly type: string;
  readonly charset: string | undefined;
} {
  const [type = '', ...parameters] = (contentType ?? '').toLowerCase().split(';');
  const charsets = parameters.flatMap(
    (each) => /^\s*charset\s*=\s*"?([^"\s]*)"?\s*$/.exec(each)?.[1] ?? [],
  );
  return { type: type.trim(), charset: charsets[0] };
}

/**
 * Reads a value by a schema.
 *
 * @param base where the value stands in the body, as an RFC 6901 pointer
 * @failure edge/malformed
 */
export function parse<T>(value: unknown, schema: Schema<T>, base = ''): Outcome<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return done(parsed.data);
  const issues = parsed.error.issues.slice(0, MAX_FAULTS);
  return failAt(
    'edge/malformed',
    issues.map(({ path, code }) => ({
      pointer: base + pointerTo(path),
      code: code.replaceAll('_', '-'),
    })),
  );
}

/** Our schemas take no names that they do not know, so no name in a path is the caller's own. */
const pointerTo = (path: readonly PropertyKey[]): string =>
  path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
