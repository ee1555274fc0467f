import { done, fail, failAt, type Outcome } from '../../outcome.ts';
import type { Action, Answer, Call, PublicCall } from './call.ts';

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
export interface JsonForm {
  readonly type: string;
  readonly maxBytes: number;
  readonly maxDepth: number;
  readonly maxValues: number;
}

/** What Lambda takes inline: 6 MB an event, a third of it lost to base64, and room for the headers. */
export const MAX_INLINE_BYTES = 4_400_000;

/** Bounds of a JSON body, checked before any schema sees it: 100 events of a generous 2 KB each, and no deeper than any of ours. */
const OURS: JsonForm = {
  type: 'application/json',
  maxBytes: 256 * 1024,
  maxDepth: 16,
  maxValues: 10_000,
};
const MAX_FAULTS = 20;

/** Names that change how an object behaves when somebody copies them. No body of ours has them. */
const POLLUTING = new Set(['__proto__', 'constructor', 'prototype']);

type Run<T, C> = (call: C, body: T) => Promise<Outcome<Answer>>;

/**
 * An action on a JSON body of this schema.
 *
 * @failure edge/unsupported-media, edge/too-large, edge/malformed (with a pointer to each fault, never its value)
 */
export const withJson =
  <T, C extends PublicCall = Call>(schema: Schema<T>, run: Run<T, C>, form = OURS): Action<C> =>
  async (call) => {
    const body = readJson(call, schema, form);
    return body.ok ? run(call, body.value) : body;
  };

/** The same, where a call without body means an empty object. */
export const withOptionalJson =
  <T, C extends PublicCall = Call>(schema: Schema<T>, run: Run<T, C>): Action<C> =>
  async (call) => {
    const body = call.body.length === 0 ? parse({}, schema) : readJson(call, schema, OURS);
    return body.ok ? run(call, body.value) : body;
  };

function readJson<T>(call: PublicCall, schema: Schema<T>, form: JsonForm): Outcome<T> {
  if (mediaTypeOf(call.headers['content-type']).type !== form.type) {
    return fail('edge/unsupported-media');
  }
  if (call.body.length > form.maxBytes) return fail('edge/too-large');
  const value = jsonOf(call.body);
  if (!value.ok) return value;
  const bounded = checkBounds(value.value, form);
  return bounded.ok ? parse(value.value, schema) : bounded;
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

function jsonOf(bytes: Uint8Array): Outcome<unknown> {
  try {
    return done(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch {
    return failAt('edge/malformed', [{ pointer: '', code: 'not-json' }]);
  }
}

/** Walks without recursion, so that depth costs memory of ours only up to the bound. */
function checkBounds(root: unknown, { maxDepth, maxValues }: JsonForm): Outcome<void> {
  const open: { value: unknown; depth: number }[] = [{ value: root, depth: 0 }];
  let seen = 0;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, depth } = next;
    if (++seen > maxValues) return malformed('too-many-values');
    if (typeof value !== 'object' || value === null) continue;
    if (depth >= maxDepth) return malformed('too-deep');
    for (const [name, child] of Object.entries(value)) {
      if (POLLUTING.has(name)) return malformed('forbidden-name');
      open.push({ value: child, depth: depth + 1 });
    }
  }
  return done(undefined);
}

const malformed = (code: string): Outcome<never> =>
  failAt('edge/malformed', [{ pointer: '', code }]);

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
