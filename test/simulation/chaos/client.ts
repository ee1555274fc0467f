import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LocalSystem } from '../../../infra/local/local-system.ts';
import type { TokenRequest } from '../../../infra/local/world/token-request.ts';

export interface Answered {
  readonly status: number;
  // oxlint-disable-next-line typescript/no-explicit-any -- read field by field, and a wrong one shows at once
  readonly body: any;
}

/** Calls the API, and again with the same words until the answer is not the server's fault. */
export type Ask = (
  route: `${'DELETE' | 'GET' | 'POST' | 'PUT'} /${string}`,
  body?: object | Uint8Array,
) => Promise<Answered | undefined>;

const TRIES = 12;
const PAUSE_MS = 500;

export async function asking(
  { apiUrl, issuer }: Pick<LocalSystem, 'apiUrl' | 'issuer'>,
  who: TokenRequest,
): Promise<Ask> {
  const authorization = `Bearer ${await issuer.token({ validSeconds: 3600, ...who })}`;
  return async (route, body) => {
    const [method = 'GET', path = '/'] = route.split(' ');
    const isDocument = body instanceof Uint8Array;
    const headers = {
      authorization,
      'idempotency-key': randomUUID(),
      ...(body && { 'content-type': isDocument ? 'application/xml' : 'application/json' }),
    };
    const sent = body && { body: isDocument ? Buffer.from(body) : JSON.stringify(body) };
    for (let tries = 0; tries < TRIES; tries += 1) {
      const response = await fetch(`${apiUrl}${path}`, { method, headers, ...sent }).catch(
        () => undefined,
      );
      const text = await response?.text();
      const waitSeconds = Number(response?.headers.get('retry-after') ?? 0);
      if (response && response.status < 500 && waitSeconds === 0) {
        return { status: response.status, body: text ? JSON.parse(text) : undefined };
      }
      await sleep(PAUSE_MS + 1000 * waitSeconds);
    }
    return undefined;
  };
}
