import { beforeEach, describe, expect, test } from '@jest/globals';
import { triggerIdOf, type TransmissionId } from '../../../shared/ids.ts';
import { done } from '../../../shared/outcome.ts';
import { copiesOf } from '../../../shared/transmission/copies.ts';
import type { FactBody } from '../../../shared/transmission/facts.ts';
import { batchOf } from '../../../shared/trigger/match.ts';
import { deferred, intent, uncertain } from '../../support/histories.ts';
import { openCopy } from '../../support/open-copy.ts';
import { type Asking } from '../http-event.ts';
import { ADMIN, ANA, BEN, type HttpWorld, httpWorld, PROVIDER, SYSTEM } from '../http-world.ts';
import { expectRefused } from '../refused.ts';
import { consented, key, SHARE, share } from '../steps.ts';

const LIST = '/v1/patients/ana/transmissions';

let world: HttpWorld;
let id: TransmissionId;

/** One copy of Ana's record, of which nothing is known but that it was asked for. */
beforeEach(async () => {
  world = await httpWorld();
  await consented(world);
  const { body } = await share(world, { json: { ...SHARE, clientReference: 'portal-77' } });
  const { requests, triggers, settings, now } = world.ports;
  const trigger = await triggers.get(triggerIdOf('request', body.id));
  if (!trigger.ok) throw new Error('no trigger');
  const request = await requests.get(trigger.value.patientKey, body.id);
  if (!request.ok) throw new Error('no request');
  const batch = batchOf(trigger.value, request.value);
  const [copy] = copiesOf(request.value, batch, settings, now());
  await openCopy(world.table, copy!, now());
  id = copy!.id;
});

async function happened(...facts: readonly FactBody[]): Promise<void> {
  const { ledger, now } = world.ports;
  await ledger.append(id, now(), () => done({ facts }));
}

const failed = () => happened({ kind: 'ended', end: 'failed', code: 'trust/expired' });

const timeline = async (): Promise<readonly string[]> => {
  const { body } = await world.ask(`GET /v1/transmissions/${id}`, { as: SYSTEM });
  return body.timeline.map(({ kind }: { kind: string }) => kind);
};

describe('a transmission', () => {
  beforeEach(failed);

  test.each([
    ['its patient', ANA],
    ['a provider', PROVIDER],
    ['a system', SYSTEM],
  ])('is shown to %s with its status, its code and its facts', async (_, as) => {
    const answered = await world.ask(`GET /v1/transmissions/${id}`, { as });
    expect(answered).toMatchObject({
      status: 200,
      body: {
        id,
        clientReference: 'portal-77',
        address: 'dr.lee@direct.clinic.example',
        status: 'failed',
        code: 'trust/expired',
        sentence: 'The certificate has expired.',
        timeline: [
          { kind: 'requested', sentence: expect.any(String) },
          { kind: 'ended', code: 'trust/expired' },
        ],
      },
    });
  });

  test('stands in the list of its patient', async () => {
    const { status, body } = await world.ask(`GET ${LIST}`, { as: ANA });
    expect(status).toBe(200);
    expect(body.transmissions).toEqual([
      {
        id,
        requestId: expect.any(String),
        clientReference: 'portal-77',
        address: 'dr.lee@direct.clinic.example',
        createdAt: '2026-11-22T12:00:00.000Z',
        status: 'failed',
        code: 'trust/expired',
        sentence: 'The certificate has expired.',
      },
    ]);
  });

  test('transmission/unknown: of somebody else it is answered as of none', async () => {
    const others = await expectRefused(world, 'transmission/unknown', () =>
      world.ask(`GET /v1/transmissions/${id}`, { as: BEN }),
    );
    const none = await expectRefused(world, 'transmission/unknown', () =>
      world.ask(`GET /v1/transmissions/tx_${'a'.repeat(26)}`, { as: BEN }),
    );
    expect(others).toEqual(none);
  });

  test('transmission/unknown: what is no id', async () => {
    await expectRefused(world, 'transmission/unknown', () =>
      world.ask('GET /v1/transmissions/1', { as: SYSTEM }),
    );
  });

  test('edge/forbidden: the list of another patient', async () => {
    await expectRefused(world, 'edge/forbidden', () => world.ask(`GET ${LIST}`, { as: BEN }));
  });
});

const post = (what: 'retry' | 'resolve', asking: Asking = {}) =>
  world.ask(`POST /v1/transmissions/${id}/${what}`, {
    as: ADMIN,
    ...(what === 'resolve' && { json: { as: 'not-sent', attempt: 1 } }),
    headers: key('operator-1'),
    ...asking,
  });

/** Until half past twelve; it is noon. */
const waits = () => happened(deferred(1, 9000));

describe('an operator', () => {
  test('makes a copy due that waits, and rings for it', async () => {
    await waits();
    expect(await post('retry')).toMatchObject({ status: 200, body: { id, status: 'waiting' } });
    expect(await timeline()).toEqual(['requested', 'deferred', 'hastened']);
    expect(world.sendQueue).toEqual([id]);
  });

  test.each([
    ['sent', 'sent'],
    ['not-sent', 'waiting'],
  ])('says of an uncertain copy that it was %s: it is %s then', async (as, status) => {
    await happened(intent(), uncertain());
    const resolved = await post('resolve', { json: { as, attempt: 1 } });
    expect(resolved).toMatchObject({ status: 200, body: { id, status } });
    expect(await timeline()).toEqual(['requested', 'intent', 'uncertain', 'resolved']);
    expect(world.sendQueue).toEqual([id]);
  });

  test('may say it twice: it counts once', async () => {
    await happened(intent(), uncertain());
    const first = await post('resolve');
    const writes = world.writes();
    const headers = { ...first.headers, 'idempotency-replayed': 'true' };
    expect(await post('resolve')).toEqual({ ...first, headers });
    expect(world.writes()).toBe(writes);
  });

  test('is answered also when nobody hears the ring: the sweep rings too', async () => {
    await waits();
    world.ports.bells.transmission.cutOff();
    expect(await post('retry')).toMatchObject({ status: 200 });
    expect(world.lines.join()).toContain('"doorbell-unheard"');
  });

  test('transmission/ended: retry of what has ended', async () => {
    await failed();
    await expectRefused(world, 'transmission/ended', () => post('retry'));
    expect(world.sendQueue).toEqual([]);
  });

  test('deliver/not-uncertain: resolve of what waits', async () => {
    await expectRefused(world, 'deliver/not-uncertain', () => post('resolve'));
  });

  test('transmission/unknown: another id, or none', async () => {
    for (const other of [`tx_${'a'.repeat(26)}`, '1']) {
      await expectRefused(world, 'transmission/unknown', () =>
        world.ask(`POST /v1/transmissions/${other}/retry`, { as: ADMIN, headers: key('k') }),
      );
    }
  });

  test('edge/key-missing: neither goes without a key', async () => {
    await expectRefused(world, 'edge/key-missing', () => post('retry', { headers: {} }));
    await expectRefused(world, 'edge/key-missing', () => post('resolve', { headers: {} }));
  });

  test.each([
    {},
    { as: 'lost', attempt: 1 },
    { as: 'sent' },
    { as: 'sent', attempt: 0 },
    { as: 'sent', attempt: 1, by: 'me' },
  ])('edge/malformed: resolve as %j', async (json) => {
    await expectRefused(world, 'edge/malformed', () => post('resolve', { json }));
  });

  test('edge/forbidden: nobody else decides', async () => {
    for (const as of [ANA, PROVIDER, SYSTEM, { ...ADMIN, scopes: ['status.read'] }]) {
      await expectRefused(world, 'edge/forbidden', () => post('retry', { as }));
      await expectRefused(world, 'edge/forbidden', () => post('resolve', { as }));
    }
  });
});
