import { beforeEach, describe, expect, test } from '@jest/globals';
import type { FailureCode } from '../../../shared/failures.ts';
import type { WebhookId } from '../../../shared/ids.ts';
import { done } from '../../../shared/outcome.ts';
import { ADMIN, ANA, type HttpWorld, httpWorld, PROVIDER, SYSTEM } from '../http-world.ts';
import { expectRefused } from '../refused.ts';
import { key } from '../steps.ts';

const WANTED = { url: 'https://ehr.example/told', types: ['transmission.failed', 'record.needed'] };
const SECRET = /^whsec_[A-Za-z0-9+/]{43}=$/;

let world: HttpWorld;

beforeEach(async () => {
  world = await httpWorld();
});

const add = (json: object = WANTED, name = 'one', as = SYSTEM) =>
  world.ask('POST /v1/webhooks', { as, json, headers: key(name) });

const list = async () => (await world.ask('GET /v1/webhooks', { as: ADMIN })).body.webhooks;

const rotate = (id: string, name: string) =>
  world.ask(`POST /v1/webhooks/${id}/rotate-secret`, { as: SYSTEM, headers: key(name) });

describe('a webhook that is added', () => {
  test('is shown with its secret, and listed without it', async () => {
    const added = await add();
    expect(added).toMatchObject({ status: 201, headers: { 'cache-control': 'no-store' } });
    const { secret, ...shown } = added.body;
    expect(secret).toMatch(SECRET);
    expect(shown).toEqual({
      id: expect.stringMatching(/^whk_[a-z2-7]{26}$/),
      ...WANTED,
      status: 'active',
      createdAt: '2026-11-22T12:00:00.000Z',
    });
    expect(await list()).toEqual([shown]);
  });

  test('leaves no secret in the table', async () => {
    const { body } = await add();
    const { body: rotated } = await rotate(body.id, 'r1');
    const kept = await world.table.query({ pk: 'WEBHOOKS', limit: 10 });
    expect(JSON.stringify(kept)).not.toMatch(/whsec|master/);
    for (const { secret } of [body, rotated]) {
      expect(JSON.stringify(kept)).not.toContain(secret.slice('whsec_'.length));
    }
  });

  test('without types is told everything', async () => {
    const { body } = await add({ url: WANTED.url });
    expect(Object.keys(body)).not.toContain('types');
  });

  test('again under the same key is the same one, with the same secret', async () => {
    const first = await add();
    const again = await add(Object.fromEntries(Object.entries(WANTED).toReversed()));
    expect(again.body).toEqual(first.body);
    expect(again.headers).toMatchObject({ 'idempotency-replayed': 'true' });
    expect(first.headers).not.toHaveProperty('idempotency-replayed');
    expect(await list()).toHaveLength(1);
  });

  test('edge/key-reused: the same key for another URL, or other types', async () => {
    await add();
    const others = [{ ...WANTED, url: 'https://other.example/' }, { url: WANTED.url }];
    for (const other of others) await expectRefused(world, 'edge/key-reused', () => add(other));
  });

  test('under the same key by somebody else is another one', async () => {
    const [mine, theirs] = [await add(), await add(WANTED, 'one', ADMIN)];
    expect(theirs.body.id).not.toBe(mine.body.id);
    expect(theirs.body.secret).not.toBe(mine.body.secret);
  });

  test('report/bad-url: in the open, with a password, or leading inside', async () => {
    world.receivers.closeTo('inside.example');
    const bad = ['http://ehr.example/', 'https://me@ehr.example/', 'x', 'https://inside.example/a'];
    for (const url of bad) {
      const { body } = await expectRefused(world, 'report/bad-url', () => add({ ...WANTED, url }));
      expect(body.errors).toMatchObject([{ pointer: '/url' }]);
      expect(JSON.stringify(body)).not.toContain('ehr.example');
    }
  });

  test('report/unknown-type: one that there is not, and where it stands', async () => {
    const types = ['record.needed', 'transmission.lost'];
    const asked = () => add({ ...WANTED, types });
    const { body } = await expectRefused(world, 'report/unknown-type', asked);
    expect(body.errors).toEqual([{ pointer: '/types/1', code: 'unknown-type' }]);
  });

  test('report/too-many-webhooks: the eleventh', async () => {
    for (let n = 0; n < 10; n += 1) expect((await add(WANTED, `${n}`)).status).toBe(201);
    await expectRefused(world, 'report/too-many-webhooks', () => add(WANTED, 'eleven'));
    expect((await add(WANTED, '3')).status).toBe(201);
  });

  test.each<[FailureCode, object]>([
    ['edge/key-missing', { json: WANTED }],
    ['edge/malformed', { json: { ...WANTED, types: [] }, headers: key('one') }],
    ['edge/malformed', { json: { ...WANTED, more: 1 }, headers: key('one') }],
    ['edge/malformed', { json: { types: WANTED.types }, headers: key('one') }],
    ['edge/unsupported-media', { body: 'url=x', headers: key('one') }],
    ['edge/unauthenticated', { json: WANTED, headers: key('one'), as: undefined }],
    ['edge/forbidden', { json: WANTED, headers: key('one'), as: ANA }],
    ['edge/forbidden', { json: WANTED, headers: key('one'), as: PROVIDER }],
    ['edge/forbidden', { json: WANTED, headers: key('one'), as: { ...SYSTEM, scopes: [] } }],
  ])('%s: %j', async (code, asking) => {
    await expectRefused(world, code, () =>
      world.ask('POST /v1/webhooks', { as: SYSTEM, ...asking }),
    );
  });
});

describe('a webhook that is removed', () => {
  test('is gone, and may be added again', async () => {
    const { body } = await add();
    const removed = await world.ask(`DELETE /v1/webhooks/${body.id}`, { as: SYSTEM });
    expect([removed.status, removed.body]).toEqual([204, undefined]);
    expect(await list()).toEqual([]);
    const again = await add(WANTED, 'two');
    expect(again.status).toBe(201);
    expect(again.body.secret).not.toBe(body.secret);
  });

  test('report/unknown-webhook: is not added again by a repeat that comes late', async () => {
    const { body } = await add();
    await world.ask(`DELETE /v1/webhooks/${body.id}`, { as: SYSTEM });
    await expectRefused(world, 'report/unknown-webhook', () => add());
    expect(await list()).toEqual([]);
  });

  test.each(['whk_aaaaaaaaaaaaaaaaaaaaaaaaaa', 'x', 'whd_aaaaaaaaaaaaaaaaaaaaaaaaaa'])(
    'report/unknown-webhook: %s',
    async (id) => {
      await expectRefused(world, 'report/unknown-webhook', () =>
        world.ask(`DELETE /v1/webhooks/${id}`, { as: SYSTEM }),
      );
      await expectRefused(world, 'report/unknown-webhook', () => rotate(id, 'r1'));
    },
  );
});

describe('a secret that is replaced', () => {
  test('is shown once more, and the one before it counts for a day', async () => {
    const { body } = await add();
    const rotated = await rotate(body.id, 'r1');
    expect(rotated.status).toBe(200);
    expect(rotated.body.secret).toMatch(SECRET);
    expect(rotated.body.secret).not.toBe(body.secret);
    const [shown] = await list();
    expect(shown).toMatchObject({ previousSecretUntil: '2026-11-23T12:00:00.000Z' });
    expect(shown).not.toHaveProperty('secret');
  });

  test('and asked for again, is the same one; asked for anew, the next', async () => {
    const { body } = await add();
    const first = await rotate(body.id, 'r1');
    world.at('2026-11-22T13:00:00.000Z');
    expect((await rotate(body.id, 'r1')).body).toEqual(first.body);
    expect((await rotate(body.id, 'r2')).body.secret).not.toBe(first.body.secret);
  });

  test('edge/key-missing: nobody could tell a repeat from a new wish', async () => {
    const { body } = await add();
    await expectRefused(world, 'edge/key-missing', () =>
      world.ask(`POST /v1/webhooks/${body.id}/rotate-secret`, { as: SYSTEM }),
    );
  });

  test('report/webhook-disabled: the webhook was given up', async () => {
    const { body } = await add();
    await world.ports.webhooks.change(body.id as WebhookId, (current) =>
      done({ ...current, status: 'disabled' }),
    );
    await expectRefused(world, 'report/webhook-disabled', () => rotate(body.id, 'r1'));
    expect(await list()).toMatchObject([{ status: 'disabled' }]);
  });
});

test('no log line holds a URL or a secret', async () => {
  const { body } = await add();
  await rotate(body.id, 'r1');
  await add({ ...WANTED, url: 'http://ehr.example/' }, 'two');
  expect(world.lines.join('\n')).not.toMatch(/ehr\.example|whsec/);
});
