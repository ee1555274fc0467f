import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Issuer } from './world/issuer.ts';
import type { TokenRequest } from './world/token-request.ts';
import type { LocalSystem } from './local-system.ts';

/** A problem document of the API, RFC 9457. */
const Problem = z.looseObject({ code: z.string().optional(), title: z.string().optional() });

/** The API said no. */
export class ApiRefused extends Error {
  readonly status: number;
  /** A failure code. */
  readonly code: string;

  constructor(route: string, status: number, body: unknown) {
    const problem = Problem.safeParse(body).data;
    super(
      `${route} answered ${status}: ${problem?.title ?? problem?.code ?? 'no problem document'}`,
    );
    this.status = status;
    this.code = problem?.code ?? 'edge/failed';
  }
}

/** Somebody who calls the API over HTTP with a token of their own. */
export interface Caller {
  /**
   * @param body JSON, or the bytes of a document
   * @throws ApiRefused
   */
  call<Schema extends z.ZodType>(
    route: `${'GET' | 'POST' | 'PUT'} /${string}`,
    answer: Schema,
    body?: object | Uint8Array,
  ): Promise<z.output<Schema>>;
}

export async function callerAs(
  { apiUrl, issuer }: Pick<LocalSystem, 'apiUrl'> & { readonly issuer: Pick<Issuer, 'token'> },
  who: TokenRequest,
): Promise<Caller> {
  const authorization = `Bearer ${await issuer.token(who)}`;
  return {
    async call(route, answer, body) {
      const [method = 'GET', path = '/'] = route.split(' ');
      const isDocument = body instanceof Uint8Array;
      const response = await fetch(`${apiUrl}${path}`, {
        method,
        headers: {
          authorization,
          'idempotency-key': randomUUID(),
          ...(body && { 'content-type': isDocument ? 'application/xml' : 'application/json' }),
        },
        ...(body && { body: isDocument ? Buffer.from(body) : JSON.stringify(body) }),
      });
      const text = await response.text();
      const read = text === '' ? undefined : (JSON.parse(text) as unknown);
      if (!response.ok) throw new ApiRefused(route, response.status, read);
      return answer.parse(read);
    },
  };
}
