import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { cursorsWith } from '../../shared/cursors.ts';
import { answerPage } from '../../shared/edge/http/page.ts';
import type { Call } from '../../shared/edge/http/call.ts';
import { pagesOf, placeOf } from '../../shared/page.ts';
import { cases } from '../support/counts.ts';
import { CALLER, edgeWorld, type Told } from './edge-world.ts';

interface Thing {
  readonly at: string;
  readonly id: string;
}

const thing = (n: number): Thing => ({
  at: `2026-11-23T08:00:${String(Math.floor(n / 3)).padStart(2, '0')}Z`,
  id: `t_${String(n).padStart(3, '0')}`,
});
const place = ({ at, id }: Thing): string => placeOf(at, id);
const cursors = cursorsWith('a secret');

const ROUTES = [
  { method: 'GET', path: '/{of}/things', scopes: ['a'], kinds: ['system'], page: true },
  { method: 'GET', path: '/{of}/others', scopes: ['a'], kinds: ['system'], page: true },
] as const;

/** Two lists of everybody, each with so many things. */
function world(count: number) {
  const things = Array.from({ length: count }, (_, n) => thing(n));
  const listed = (name: string) => (call: Call) => {
    const pages = pagesOf(async () => things, place);
    return answerPage(call, { name, of: call.params['of'] ?? '', cursors }, pages, (each) => each);
  };
  const edge = edgeWorld(ROUTES, {
    'GET /{of}/things': listed('things'),
    'GET /{of}/others': listed('others'),
  });
  const page = async (query: Told['query'] = {}, told: Told = {}, route = 'GET /{of}/things') => {
    const answered = await edge.ask(route, { params: { of: 'ana' }, query, ...told });
    const ids = (answered.json['things'] as readonly Thing[] | undefined)?.map(({ id }) => id);
    return { ...answered, ids, next: answered.json['nextCursor'] as string | undefined };
  };
  return { page, things };
}

async function walk(page: ReturnType<typeof world>['page'], limit: number): Promise<string[][]> {
  const pages: string[][] = [];
  let next: string | undefined;
  do {
    const query = { limit: String(limit), ...(next === undefined ? {} : { cursor: next }) };
    const got = await page(query);
    pages.push(got.ids ?? []);
    next = got.next;
  } while (next !== undefined);
  return pages;
}

describe('a page', () => {
  test('has fifty, the newest first, and says where the next one is', async () => {
    const { page } = world(60);
    const { ids, next, headers, status } = await page();
    expect(status).toBe(200);
    expect([ids?.length, ids?.[0], ids?.[49]]).toEqual([50, 't_059', 't_010']);
    expect(headers['link']).toBe(`<?cursor=${next}>; rel="next"`);
  });

  test('that is the last one has neither a cursor nor a link', async () => {
    const { next, headers, ids } = await world(50).page();
    expect([ids?.length, next, headers['link']]).toEqual([50, undefined, undefined]);
    expect((await world(0).page()).ids).toEqual([]);
  });

  test('keeps in its link what else was asked', async () => {
    const { headers, next } = await world(3).page({ limit: '2', q: 'a&b c' });
    expect(headers['link']).toBe(`<?limit=2&q=a%26b+c&cursor=${next}>; rel="next"`);
  });

  test.each(['0', '101', '-1', '1.5', '', 'all', '1,2', '007', '1e1'])(
    'edge/malformed: a limit of %j',
    async (limit) => {
      const errors = [{ pointer: '', code: 'bad-limit' }];
      expect((await world(3).page({ limit })).json).toMatchObject({
        code: 'edge/malformed',
        errors,
      });
    },
  );

  test('of any size and any length of list: together they are the list, each thing once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(40), fc.integer({ min: 1, max: 12 }), async (count, limit) => {
        const { page, things } = world(count);
        const pages = await walk(page, limit);
        expect(pages.flat()).toEqual(things.map(({ id }) => id).toReversed());
        expect(pages.slice(0, -1).every((each) => each.length === limit)).toBe(true);
      }),
      { numRuns: cases(60) },
    );
  });

  test('goes on where it ended, whatever came or went meanwhile', async () => {
    const { page, things } = world(6);
    const first = await page({ limit: '3' });
    things.push(thing(6), thing(7));
    things.splice(3, 1);
    const second = await page({ limit: '3', cursor: first.next ?? '' });
    expect([first.ids, second.ids]).toEqual([
      ['t_005', 't_004', 't_003'],
      ['t_002', 't_001', 't_000'],
    ]);
  });
});

describe('edge/bad-cursor', () => {
  const refused = { status: 400, json: { code: 'edge/bad-cursor' } };
  test('of another patient, another list, another caller', async () => {
    const { page } = world(6);
    const cursor = await made(page);
    const query = { cursor };
    expect(await page(query, { params: { of: 'ben' } })).toMatchObject(refused);
    expect(await page(query, {}, 'GET /{of}/others')).toMatchObject(refused);
    expect(await page(query, { as: { ...CALLER, subject: 's-2' } })).toMatchObject(refused);
    expect(await page(query)).toMatchObject({ status: 200 });
  });

  test('of another deployment', async () => {
    const list = ['things', 'ana', 'a caller'];
    const cursor = cursorsWith('another secret').write('2026#t_1', list);
    expect(cursors.read(cursor, list)).toBeUndefined();
  });

  test.each(['', 'x', 'AAAA', '../..', 'A'.repeat(2000), 'null', '%00', 'é'])(
    'what is none: %j',
    async (cursor) => {
      expect(await world(6).page({ cursor })).toMatchObject(refused);
    },
  );

  test('with any sign changed, left out or put in', async () => {
    const { page } = world(6);
    const cursor = await made(page);
    const edited = fc
      .tuple(fc.nat(cursor.length), fc.nat(1), fc.string({ maxLength: 2 }))
      .map(([at, dropped, more]) => cursor.slice(0, at) + more + cursor.slice(at + dropped))
      .filter((each) => each !== cursor);
    await fc.assert(
      fc.asyncProperty(edited, async (each) => {
        expect(await page({ cursor: each })).toMatchObject(refused);
      }),
      { numRuns: cases(300) },
    );
  });
});

const made = async (page: ReturnType<typeof world>['page']) =>
  (await page({ limit: '2' })).next ?? '';
