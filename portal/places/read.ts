import type { Call } from '../api/client.ts';
import type { Answer } from '../api/problem.ts';
import type { Copy, Request } from '../api/views.ts';
import { type Listed, listed } from './entries.ts';

/** All requests that are kept, 1,000 at most, fit on so many pages; of copies those do that matter. */
const PAGES = 10;

/** What goes where: reads at once what was asked for, and what became of the copies. */
export async function readPlaces(
  call: Call,
  there: string,
  signal: AbortSignal,
): Promise<Answer<Listed>> {
  const [requests, copies] = await Promise.all([
    pages<Request>(call, `${there}/transmit-requests`, 'transmitRequests', signal),
    pages<Copy>(call, `${there}/transmissions`, 'transmissions', signal),
  ]);
  if (!requests.ok) return requests;
  if (!copies.ok) return copies;
  return { ok: true, body: listed(requests.body, copies.body, Date.now()) };
}

async function pages<Each>(
  call: Call,
  path: string,
  name: string,
  signal: AbortSignal,
): Promise<Answer<readonly Each[]>> {
  const all: Each[] = [];
  let cursor: string | undefined = '';
  for (let page = 0; page < PAGES && cursor !== undefined; page += 1) {
    const query: string = cursor && `&cursor=${encodeURIComponent(cursor)}`;
    const answer: Answer<Page<Each>> = await call(`GET ${path}?limit=100${query}`, { signal });
    if (!answer.ok) return answer;
    all.push(...(answer.body[name] as readonly Each[]));
    cursor = answer.body.nextCursor;
  }
  return { ok: true, body: all };
}

interface Page<Each> {
  readonly nextCursor?: string;
  readonly [name: string]: readonly Each[] | string | undefined;
}
