import { beforeEach, describe, expect, test } from '@jest/globals';
import { ANA, BEN, type HttpWorld, httpWorld } from '../http-world.ts';
import { expectRefused } from '../refused.ts';
import { consented, SHARE, share } from '../steps.ts';
import { amending, DAILY, KIM, LAB, LEE, REQUESTS } from './amending.ts';

let world: HttpWorld;
let by: Awaited<ReturnType<typeof amending>>;

beforeEach(async () => {
  world = await httpWorld();
  await consented(world);
  by = await amending(world);
});

describe('how often', () => {
  test('has its next slot with it, and none when it does not go by the clock any more', async () => {
    const daily = await by.amend({ frequency: 'daily', schedule: DAILY });
    expect(daily.body).toMatchObject({ nextRunAt: '2026-11-23T06:30:00.000Z' });
    const later = await by.amend({ schedule: { at: '09:00' } }, { ifMatch: '"2"' });
    expect(later.body).toMatchObject({
      schedule: { at: '09:00', timeZone: 'Europe/Berlin' },
      nextRunAt: '2026-11-23T08:00:00.000Z',
    });
    const updates = await by.amend({ frequency: 'on-update' }, { ifMatch: '"3"' });
    expect(updates.body).not.toHaveProperty('schedule');
    expect(updates.body).not.toHaveProperty('nextRunAt');
  });

  test('a slot that has come is served although the end is moved; one behind the end is none', async () => {
    await by.amend({ frequency: 'daily', schedule: DAILY });
    world.at('2026-11-23T06:31:00Z');
    const kept = await by.amend({ until: '2026-11-24T00:00:00Z' }, { ifMatch: '"2"' });
    expect(kept.body.nextRunAt).toBe('2026-11-23T06:30:00.000Z');
    const none = await by.amend(
      { frequency: 'daily', schedule: { at: '07:31' } },
      { ifMatch: '"3"' },
    );
    expect(none.body).not.toHaveProperty('nextRunAt');
  });

  test('when it is more, somebody has said that it shall go on', async () => {
    const before = (await by.read()).body.reviewAt;
    world.at('2026-12-22T12:00:00Z');
    expect((await by.amend({ until: '2028-01-01T00:00:00Z' })).body.reviewAt).toBe(before);
    const more = await by.amend({ until: null }, { ifMatch: '"2"' });
    expect(more.body.reviewAt).toBe('2028-01-22T12:00:00.000Z');
  });

  test('transmit-request/not-once: of a sharing that goes on', async () => {
    await expectRefused(world, 'transmit-request/not-once', () => by.amend({ frequency: 'once' }));
  });

  test('one copy that was not sent yet may become more', async () => {
    const once = await by.shared({ frequency: 'once' }, 'once');
    const { body } = await by.amend({ frequency: 'on-update' }, { id: once });
    expect(body).toMatchObject({ frequency: 'on-update', reviewAt: expect.any(String) });
  });

  test.each([
    ['unknown', { frequency: 'yearly' }, 'transmit-request/unknown-frequency'],
    ['a clock without a time', { frequency: 'daily' }, 'transmit-request/bad-schedule'],
    ['a time without a clock', { schedule: DAILY }, 'transmit-request/bad-schedule'],
    ['an event that there is not', { triggers: ['party'] }, 'transmit-request/bad-filter'],
    ['an end that has passed', { until: '2026-11-21T00:00:00Z' }, 'transmit-request/expired'],
    ['no address', { addresses: [] }, 'transmit-request/no-address'],
    ['what is no address', { addresses: ['lee'] }, 'discover/bad-address'],
    ['null for what cannot be absent', { addresses: null }, 'edge/malformed'],
    ['null for what cannot be absent', { frequency: null }, 'edge/malformed'],
    ['a field of another', { sender: 'x@y.example' }, 'edge/malformed'],
    ['a field of a schedule that is none', { schedule: { hour: 7 } }, 'edge/malformed'],
  ] as const)('%s: %j is refused with %s', async (_, json, code) => {
    await expectRefused(world, code, () => by.amend(json));
  });

  test('transmit-request/too-many-addresses', async () => {
    const addresses = Array.from({ length: 11 }, (_, n) => `dr${n}@direct.clinic.example`);
    await expectRefused(world, 'transmit-request/too-many-addresses', () =>
      by.amend({ addresses }),
    );
  });
});

describe('which version', () => {
  test('edge/precondition-missing: nobody says', async () => {
    await expectRefused(world, 'edge/precondition-missing', () =>
      world.ask(`PATCH ${REQUESTS}/${by.id}`, { as: ANA, json: { addresses: [LEE] } }),
    );
  });

  test.each(['"2"', 'W/"1"', '1'])('edge/precondition-failed: %s', async (ifMatch) => {
    await expectRefused(world, 'edge/precondition-failed', () =>
      by.amend({ addresses: [LEE] }, { ifMatch }),
    );
  });

  test('edge/precondition-failed: the same change again, which was kept and has its copy', async () => {
    await by.amend({ addresses: [LEE, LAB, KIM] });
    await expectRefused(world, 'edge/precondition-failed', () =>
      by.amend({ addresses: [LEE, LAB, KIM] }),
    );
    expect(await by.triggerOf(2)).toBeDefined();
  });

  test('of two that come at once, one is kept', async () => {
    const both = await Promise.all([
      by.amend({ addresses: [LEE] }),
      by.amend({ addresses: [LAB] }),
    ]);
    expect(new Set(both.map(({ status }) => status))).toEqual(new Set([200, 412]));
  });

  test('whatever it is; and what changes nothing writes nothing', async () => {
    const before = world.writes();
    const { status, headers } = await by.amend({ addresses: [LEE, LAB] }, { ifMatch: '*' });
    expect({ status, etag: headers['etag'] }).toEqual({ status: 200, etag: '"1"' });
    expect(world.writes()).toBe(before);
  });
});

describe('a request that is', () => {
  test('transmit-request/revoked', async () => {
    await world.ask(`POST ${REQUESTS}/${by.id}/revoke`, { as: ANA });
    await expectRefused(world, 'transmit-request/revoked', () =>
      by.amend({ until: null }, { ifMatch: '"2"' }),
    );
  });

  test('transmit-request/expired', async () => {
    const ended = await by.shared({ until: '2026-11-23T00:00:00Z' }, 'ended');
    world.at('2026-11-23T00:00:01Z');
    await expectRefused(world, 'transmit-request/expired', () =>
      by.amend({ until: null }, { id: ended }),
    );
  });

  test('transmit-request/one-copy: served', async () => {
    const once = await by.shared({ frequency: 'once' }, 'once');
    const at = new Date('2026-11-22T12:00:00Z');
    await world.ports.requests.change(by.anaKey(), once, at, (current) => ({
      ok: true,
      value: { ...current, servedAt: at.toISOString() },
    }));
    await expectRefused(world, 'transmit-request/one-copy', () =>
      by.amend({ addresses: [LEE] }, { id: once, ifMatch: '"2"' }),
    );
  });

  test('transmit-request/unknown: nobody’s, or somebody else’s', async () => {
    await expectRefused(world, 'transmit-request/unknown', () =>
      by.amend({ addresses: [LEE] }, { id: `req_${'a'.repeat(26)}` }),
    );
    await expectRefused(world, 'edge/forbidden', () => by.amend({ addresses: [LEE] }, { as: BEN }));
  });

  test('paused stays so; whoever is added gets nothing until it goes on', async () => {
    const at = new Date('2026-11-22T12:00:00Z');
    const paused = { code: 'transmit-request/review-overdue', at: at.toISOString() } as const;
    await world.ports.requests.change(by.anaKey(), by.id, at, (current) => ({
      ok: true,
      value: { ...current, status: 'paused', paused },
    }));
    const { body } = await by.amend({ addresses: [LEE, LAB, KIM] }, { ifMatch: '"2"' });
    expect(body).toMatchObject({ status: 'paused', version: 3 });
    expect(await by.triggerOf(3)).toBeUndefined();
  });
});

test('is taken as plain JSON, too, and as nothing else', async () => {
  const headers = { 'content-type': 'application/json' };
  expect((await by.amend({ addresses: [LEE] }, { headers })).status).toBe(200);
  await expectRefused(world, 'edge/unsupported-media', () =>
    by.amend({ addresses: [LEE] }, { headers: { 'content-type': 'text/plain' }, ifMatch: '"2"' }),
  );
});

test('the press of Share is the same press after its request was changed', async () => {
  await by.amend({ clientReference: 'other', addresses: [LEE] });
  const again = await share(world, { json: { ...SHARE, addresses: [LEE, LAB] } });
  expect(again).toMatchObject({ status: 201, body: { id: by.id, version: 2 } });
});
