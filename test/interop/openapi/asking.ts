import { randomUUID } from 'node:crypto';
import type { LocalSystem } from '../../../infra/local/local-system.ts';
import type { TokenKind } from '../../../infra/local/world/token-request.ts';
import type { Given } from '../../support/api/contract.ts';
import { fitted } from './fitted.ts';
import type { DescribedOperation } from './operations.ts';
import type { Place } from './place.ts';

/** A call of an operation, as its description has it but for what is said here. */
export interface Asking {
  /** `nobody` has no token, `stranger` one of no issuer that is known. */
  readonly by?: TokenKind | 'nobody' | 'stranger';
  readonly scopes?: readonly string[];
  /** Instead of the names of what there is. */
  readonly params?: Readonly<Record<string, string>>;
  /** Undefined leaves one out that would be there. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly query?: string;
  /** Of which of the kinds of content that it takes; the first unless said. */
  readonly type?: string;
  readonly body?: string | Uint8Array;
}

/** Asks over HTTP, as a client does. */
export async function ask(
  system: LocalSystem,
  operation: DescribedOperation,
  place: Place,
  asking: Asking = {},
): Promise<Given> {
  const path = await pathOf(operation, place, asking);
  const body = asking.body ?? (await bodyOf(operation, place, asking.type));
  const response = await fetch(`${system.apiUrl}${path}`, {
    method: operation.method,
    headers: await headersOf(system, operation, place, asking),
    ...(body !== undefined && { body: typeof body === 'string' ? body : Buffer.from(body) }),
  });
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: isJson && text !== '' ? (JSON.parse(text) as unknown) : text,
  };
}

async function pathOf(
  { path, params, query }: DescribedOperation,
  place: Place,
  asking: Asking,
): Promise<string> {
  let filled = path;
  for (const name of params) {
    const value = asking.params?.[name] ?? (await place.named(name));
    filled = filled.replace(`{${name}}`, encodeURIComponent(value));
  }
  const asked = asking.query ?? query;
  return asked === '' ? filled : `${filled}?${asked}`;
}

async function bodyOf(
  { key, content }: DescribedOperation,
  place: Place,
  type = Object.keys(content)[0] ?? '',
): Promise<string | undefined> {
  const told = content[type];
  if (told === undefined) return undefined;
  const example = await fitted(key, told.example, place);
  return typeof example === 'string' ? example : JSON.stringify(example);
}

async function headersOf(
  system: LocalSystem,
  operation: DescribedOperation,
  place: Place,
  { by, scopes, headers = {}, type, body }: Asking,
): Promise<Record<string, string>> {
  const sent = type ?? Object.keys(operation.content)[0];
  const all: Record<string, string | undefined> = {
    'content-type': sent ?? (body === undefined ? undefined : 'application/json'),
    'idempotency-key': operation.idempotent ? randomUUID() : undefined,
    'if-match': operation.ifMatch ? '*' : undefined,
    authorization: await authorizationOf(system, place, { by: by ?? operation.kinds[0], scopes }),
    ...headers,
  };
  return Object.fromEntries(
    Object.entries(all).filter((each): each is [string, string] => each[1] !== undefined),
  );
}

async function authorizationOf(
  { issuer }: LocalSystem,
  place: Place,
  { by, scopes }: { readonly by: string | undefined; readonly scopes: Asking['scopes'] },
): Promise<string | undefined> {
  if (by === undefined || by === 'any' || by === 'nobody') return undefined;
  if (by === 'stranger') return 'Bearer eyJhbGciOiJSUzI1NiJ9.e30.c2ln';
  const kind = by as TokenKind;
  const bound = kind === 'patient' || kind === 'representative';
  const token = await issuer.token({
    kind,
    ...(bound && { patient: place.patientId }),
    ...(scopes && { scopes }),
  });
  return `Bearer ${token}`;
}
