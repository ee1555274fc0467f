import { describe, expect, test } from '@jest/globals';
import { KEY_KEPT_SECONDS, KEY_LEASE_SECONDS } from '../../shared/door.ts';
import { withJson } from '../../shared/edge/http/body.ts';
import type { Answer, KeyedCall } from '../../shared/edge/http/call.ts';
import type { Schema } from '../../shared/edge/http/body.ts';
import { done, fail, type Outcome } from '../../shared/outcome.ts';
import { CALLER, edgeWorld, type Told } from './edge-world.ts';

const ROUTES = [
  {
    method: 'POST',
    path: '/things/{thingId}',
    scopes: ['a'],
    kinds: ['system', 'admin'],
    idempotent: true,
  },
  { method: 'POST', path: '/others', scopes: ['a'], kinds: ['system'], idempotent: true },
] as const;
const ANYTHING: Schema<unknown> = { safeParse: (data) => ({ success: true, data }) };
const MADE: Answer = { status: 201, body: { made: true } };

/** @param act what the action does at its first, second, … run; the last for all that follow */
function world(...act: readonly ((call: KeyedCall) => Promise<Outcome<Answer>>)[]) {
  const runs: KeyedCall[] = [];
  const action = withJson(ANYTHING, (call: KeyedCall) => {
    runs.push(call);
    const next = act[Math.min(runs.length, act.length) - 1];
    return next ? next(call) : Promise.resolve(done(MADE));
  });
  const edge = edgeWorld(ROUTES, { 'POST /things/{thingId}': action, 'POST /others': action });
  const post = (told: Told & { readonly key?: string; readonly route?: string } = {}) =>
    edge.ask(told.route ?? 'POST /things/{thingId}', {
      json: { a: 1, b: [1, { c: 2, d: 3 }] },
      params: { thingId: '7' },
      ...told,
      headers: { 'idempotency-key': told.key ?? 'k-1', ...told.headers },
    });
  return { ...edge, runs, post };
}

const never = () => new Promise<never>(() => {});

describe('a call under an Idempotency-Key', () => {
  test.each(['', '   ', '""'])('edge/key-missing: %j', async (key) => {
    const { post, runs } = world();
    expect(await post({ key })).toMatchObject({ status: 400, json: { code: 'edge/key-missing' } });
    expect(runs).toEqual([]);
  });

  test.each(['a\u0007b', 'k\\1', 'a"b', '"a"b"', 'é', 'k'.repeat(256)])(
    'edge/malformed: %j is no key',
    async (key) => {
      const answered = await world().post({ key });
      const errors = [{ pointer: '', code: 'bad-idempotency-key' }];
      expect(answered).toMatchObject({ status: 400, json: { code: 'edge/malformed', errors } });
    },
  );

  test('comes to the action with its key, as it is without quotes', async () => {
    const { post, runs } = world();
    expect((await post({ key: ' "k 1" ' })).headers).not.toHaveProperty('idempotency-replayed');
    expect(runs).toMatchObject([{ idempotencyKey: 'k 1', isRepeat: false }]);
  });

  test('again is answered like the first, marked, and the action knows that it is a repeat', async () => {
    const { post, runs, after } = world();
    const first = await post();
    after(KEY_KEPT_SECONDS - 1);
    const again = await post({ key: '"k-1"' });
    expect([again.status, again.json]).toEqual([first.status, first.json]);
    expect(again.headers).toMatchObject({ 'idempotency-replayed': 'true' });
    expect(runs.map(({ isRepeat }) => isRepeat)).toEqual([false, true]);
    after(KEY_KEPT_SECONDS + 1);
    expect((await post()).headers).not.toHaveProperty('idempotency-replayed');
  });

  test('edge/key-in-progress: while the first is running, and says for how long at most', async () => {
    const { post, runs, after } = world(never);
    void post();
    while (runs.length === 0) await new Promise(setImmediate);
    after(5);
    expect(await post()).toMatchObject({
      status: 409,
      headers: { 'retry-after': String(KEY_LEASE_SECONDS - 5) },
      json: { code: 'edge/key-in-progress' },
    });
    expect(runs).toHaveLength(1);
  });

  test('that died is done again by its repeat, and is no replay', async () => {
    const { post, runs, after } = world(never, async () => done(MADE));
    void post();
    while (runs.length === 0) await new Promise(setImmediate);
    after(KEY_LEASE_SECONDS);
    const again = await post();
    expect(again).toMatchObject({ status: 201 });
    expect(again.headers).not.toHaveProperty('idempotency-replayed');
    expect(runs.map(({ isRepeat }) => isRepeat)).toEqual([false, false]);
  });

  test('that found what an earlier one left says so, whatever the door knows', async () => {
    const { post } = world(async () => done({ ...MADE, replayed: true }));
    expect((await post()).headers).toMatchObject({ 'idempotency-replayed': 'true' });
  });

  test.each([
    ['was refused', async () => fail('transmit-request/unknown')],
    ['failed in a step', async () => fail('discover/unreachable')],
    ['broke off', () => Promise.reject(new Error('lost the table'))],
  ])('that %s leaves the key free, for the same and for what was corrected', async (_, act) => {
    const { post, runs } = world(act, act, async () => done(MADE));
    expect((await post()).status).toBeGreaterThanOrEqual(400);
    expect((await post()).status).toBeGreaterThanOrEqual(400);
    expect(await post({ json: { a: 2 } })).toMatchObject({ status: 201 });
    expect(runs.map(({ isRepeat }) => isRepeat)).toEqual([false, false, false]);
  });

  test('that was no JSON leaves the key free', async () => {
    const { post } = world();
    expect((await post({ body: '{"a":' })).status).toBe(400);
    expect((await post()).status).toBe(201);
  });

  test.each<[string, Told]>([
    ['another value', { json: { a: 2, b: [1, { c: 2, d: 3 }] } }],
    ['a list in another order', { json: { a: 1, b: [{ c: 2, d: 3 }, 1] } }],
    ['another thing', { params: { thingId: '8' } }],
    ['a text instead of a number', { json: { a: '1', b: [1, { c: 2, d: 3 }] } }],
    ['what is no JSON', { body: '{"a":' }],
  ])('edge/key-reused: with %s', async (_, other) => {
    const { post, runs } = world();
    await post();
    const refused = { status: 422, json: { code: 'edge/key-reused' } };
    expect(await post(other)).toMatchObject(refused);
    expect(runs).toHaveLength(1);
  });

  test.each([
    ['its members in another order', '{"b":[1,{"d":3,"c":2}],"a":1}'],
    ['other blanks', ' { "a" : 1.0 ,\n"b":[1,{"c":2,"d":3}]}'],
    ['other escapes', '{"\\u0061":1,"b":[1,{"c":2,"d":3}]}'],
  ])('with %s is the same call', async (_, body) => {
    const { post } = world();
    await post();
    const again = await post({ body });
    expect(again).toMatchObject({ status: 201, headers: { 'idempotency-replayed': 'true' } });
  });

  test.each([
    ['of another caller', { as: { ...CALLER, subject: 's-2' } }],
    ['of another route', { route: 'POST /others' }],
    ['with another key', { key: 'k-2' }],
  ])('%s is another one', async (_, other) => {
    const { post, runs } = world();
    await post();
    expect((await post({ json: 'else', ...other })).status).toBe(201);
    expect(runs).toHaveLength(2);
  });

  test('while nobody can tell what is known of its key goes on: the action finds again what is there', async () => {
    const { post, runs, door } = world();
    Object.assign(door.keys, { take: async () => ({ kind: 'unknown' }) });
    expect((await post()).status).toBe(201);
    expect((await post()).status).toBe(201);
    expect(runs.map(({ isRepeat }) => isRepeat)).toEqual([false, false]);
  });
});
