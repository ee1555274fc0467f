import { beforeEach, describe, expect, test } from '@jest/globals';
import { batchIdOf, type PatientId } from '../../../shared/ids.ts';
import { copiesOf } from '../../../shared/transmission/copies.ts';
import { ANA, type HttpWorld, httpWorld, PROVIDER, SYSTEM } from '../http-world.ts';
import { expectRefused } from '../refused.ts';
import { consent, consented, key, register, share } from '../steps.ts';

const REQUESTS = '/v1/patients/ana/transmit-requests';
/** Of the estate, as a token says it. */
const EXECUTOR = {
  ...ANA,
  kind: 'representative' as const,
  subject: 'representative-1',
  authority: { relationship: 'executor' },
};

let world: HttpWorld;
let id: string;

beforeEach(async () => {
  world = await httpWorld();
  await consented(world);
  id = (await share(world)).body.id;
});

const died = (more: object = { deceased: true }) => register(world, 'ana', more);
const read = async () => (await world.ask(`GET ${REQUESTS}/${id}`, { as: ANA })).body;
const resume = (as = ANA) => world.ask(`POST ${REQUESTS}/${id}/resume`, { as });

describe('a death', () => {
  test.each([
    [{ deceased: true }],
    [{ deceasedAt: '2026-11-20' }],
    [{ deceasedAt: '2026-11-22T06:00:00-06:00', deceased: true }],
  ])('pauses what is running: %j', async (said) => {
    expect(await died(said)).toMatchObject({ status: 200, body: { change: 'changed' } });
    expect(await read()).toMatchObject({ status: 'paused', paused: { code: 'patient/deceased' } });
  });

  test('lets nothing follow from an event', async () => {
    await died();
    const event = {
      eventId: 'e',
      type: 'discharge',
      patientId: 'ana',
      occurredAt: '2026-11-22T11:00:00Z',
    };
    const taken = await world.ask('POST /v1/events', { as: SYSTEM, json: event });
    expect(taken.body.results).toMatchObject([{ result: 'accepted', requests: 0 }]);
  });

  test('lets nobody but a representative ask or go on', async () => {
    await died();
    await expectRefused(world, 'patient/deceased', resume);
    await expectRefused(world, 'patient/deceased', () => resume(PROVIDER));
    await expectRefused(world, 'patient/deceased', () =>
      share(world, { headers: key('after the death') }),
    );
    expect((await resume(EXECUTOR)).body.status).toBe('active');
  });

  test('is known to the copies of what a representative let go on or asked for, and to no others', async () => {
    const { requests, settings, keyOf, now } = world.ports;
    const plans = async () =>
      (await requests.list(keyOf('ana' as PatientId)))
        .flatMap((each) => copiesOf(each, batchIdOf('one'), settings, now()))
        .map(({ plan }) => plan.afterDeath);
    expect(await plans()).toEqual([undefined]);
    await died();
    await resume(EXECUTOR);
    expect(await plans()).toEqual([true]);
    await consent(world, { as: EXECUTOR, headers: key('consent-2') });
    await share(world, { as: EXECUTOR, headers: key('share-2') });
    expect(await plans()).toEqual([true, true]);
  });

  test('known already, it does not pause again what a representative resumed', async () => {
    await died();
    await resume(EXECUTOR);
    await died({ deceasedAt: '2026-11-20' });
    await died({ deceasedAt: '2026-11-20' });
    expect(await read()).toMatchObject({ status: 'active' });
  });

  test('corrected, it resumes nothing by itself, and anybody may', async () => {
    await died();
    expect((await register(world)).body.change).toBe('changed');
    expect(await read()).toMatchObject({ status: 'paused' });
    expect((await resume()).body.status).toBe('active');
  });
});

test.each([
  ['a day that is yet to come', { deceasedAt: '2026-11-24' }],
  ['a time that is yet to come', { deceasedAt: '2026-11-22T12:06:00Z' }],
  ['a day before the birth', { deceasedAt: '1984-03-08' }],
  ['a time of who is alive', { deceasedAt: '2026-11-20', deceased: false }],
  ['no day', { deceasedAt: '2026-02-30' }],
  ['a time without a zone', { deceasedAt: '2026-11-20T10:00:00' }],
  ['a word', { deceased: 'yes' }],
])('edge/malformed: %s', async (_, more) => {
  await expectRefused(world, 'edge/malformed', () => died(more));
});

test('a day that has begun somewhere is no day to come', async () => {
  world.at('2026-11-22T10:00:00.000Z');
  expect((await died({ deceasedAt: '2026-11-23' })).status).toBe(200);
});
