import type { Cursors } from '../../cursors.ts';
import { done, fail, failAt, type Outcome } from '../../outcome.ts';
import type { Page, Paging } from '../../page.ts';
import { callerOf } from '../identity/caller.ts';
import type { Answer, Call } from './call.ts';

const DEFAULT = 50;
const LIMIT = /^(?:[1-9]\d?|100)$/;

/** A list of which a page is asked for. */
export interface Listed {
  /** As its answer calls it. */
  readonly name: string;
  /** Whose it is, where each patient has one. */
  readonly of?: string;
  readonly cursors: Cursors;
}

/**
 * Answers a page of a list, by `limit` (1 to 100) and `cursor`: its items under the list's name, and where there are
 * more, `nextCursor` and a Link to the next page (RFC 8288). A cursor counts for the list, the patient and the caller
 * that it was made for.
 *
 * @failure edge/bad-cursor
 * @failure edge/malformed the limit
 */
export async function answerPage<T>(
  call: Call,
  list: Listed,
  read: (paging: Paging) => Promise<Page<T>>,
  view: (each: T) => object,
): Promise<Outcome<Answer>> {
  const about = [list.name, list.of ?? '', callerOf(call.principal)];
  const paging = pagingOf(call, list.cursors, about);
  if (!paging.ok) return paging;
  const { items, next } = await read(paging.value);
  const body = { [list.name]: items.map(view) };
  if (next === undefined) return done({ status: 200, body });
  const nextCursor = list.cursors.write(next, about);
  return done({
    status: 200,
    body: { ...body, nextCursor },
    headers: { link: `<${nextPage(call, nextCursor)}>; rel="next"` },
  });
}

function pagingOf({ query }: Call, cursors: Cursors, about: readonly string[]): Outcome<Paging> {
  const { limit = String(DEFAULT), cursor } = query;
  if (!LIMIT.test(limit)) return failAt('edge/malformed', [{ pointer: '', code: 'bad-limit' }]);
  if (cursor === undefined) return done({ limit: Number(limit) });
  const after = cursors.read(cursor, about);
  return after === undefined ? fail('edge/bad-cursor') : done({ limit: Number(limit), after });
}

/** Only the query: with no path a reference is to the same place (RFC 3986 section 5.2.2), and a path names a patient. */
function nextPage({ query }: Call, cursor: string): string {
  const next = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...query, cursor })) {
    if (value !== undefined) next.set(name, value);
  }
  return `?${next.toString()}`;
}
