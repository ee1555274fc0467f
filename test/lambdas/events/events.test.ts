import { beforeEach, describe, expect, test } from '@jest/globals';
import type { FailureCode } from '../../../shared/failures.ts';
import type { PatientId, TriggerId } from '../../../shared/ids.ts';
import { done } from '../../../shared/outcome.ts';
import { ANA, type HttpWorld, httpWorld, SYSTEM } from '../http-world.ts';
import { expectRefused } from '../refused.ts';
import { consented, key, MRN, register, SHARE, share } from '../steps.ts';

const EVENT = {
  eventId: 'adt-1',
  type: 'discharge',
  patientId: 'ana',
  occurredAt: '2026-11-22T06:00:00-06:00',
};

let world: HttpWorld;

beforeEach(async () => {
  world = await httpWorld();
  await consented(world);
});

const post = (json: unknown, as = SYSTEM) => world.ask('POST /v1/events', { as, json });
const first = async (json: unknown) => (await post(json)).body.results[0];
const kept = (id: string) => world.ports.triggers.get(id as TriggerId);

describe('an event', () => {
  test('becomes a trigger, and says how many requests it serves', async () => {
    await share(world);
    await share(world, { headers: key('b'), json: { ...SHARE, frequency: 'once' } });
    const answered = await post(EVENT);
    expect(answered).toMatchObject({
      status: 202,
      body: { results: [{ eventId: 'adt-1', result: 'accepted', requests: 1 }] },
    });
    expect(await kept(answered.body.results[0].triggerId)).toMatchObject({
      ok: true,
      value: { kind: 'discharge', patientId: 'ana', occurredAt: '2026-11-22T12:00:00.000Z' },
    });
  });

  test('for a patient without requests is accepted, does nothing, and says so', async () => {
    const { body } = await share(world);
    await world.ask(`POST /v1/patients/ana/transmit-requests/${body.id}/revoke`, { as: ANA });
    expect(await first(EVENT)).toMatchObject({
      result: 'accepted',
      requests: 0,
      sentence: 'No active request asks to send when this happens.',
    });
  });

  test('may name its patient by an identifier', async () => {
    const { patientId: _, ...event } = EVENT;
    expect(await first({ ...event, patientIdentifier: MRN })).toMatchObject({
      result: 'accepted',
    });
  });

  test('posted again is a duplicate and changes nothing, however the same thing is written', async () => {
    const { triggerId } = await first(EVENT);
    const writes = world.writes();
    world.at('2026-11-22T12:01:00Z');
    const { patientId: _, ...event } = EVENT;
    for (const again of [
      EVENT,
      { ...EVENT, occurredAt: '2026-11-22T12:00:00Z' },
      { ...event, patientIdentifier: { ...MRN, system: `urn:oid:${MRN.system}` } },
      { ...event, patientIdentifier: { system: ` ${MRN.system} `, value: ` ${MRN.value} ` } },
    ]) {
      expect(await first(again)).toMatchObject({ result: 'duplicate', triggerId });
    }
    expect(world.writes()).toBe(writes);
    const { metrics } = world.ports;
    expect([metrics.of('EventTaken'), metrics.of('EventRepeated')]).toEqual([[1], [1, 1, 1, 1]]);
  });

  test('is of a type of the data holder’s own, by setting', async () => {
    world = await httpWorld({ triggers: { kinds: ['x-visit-closed'] } });
    await consented(world);
    const { triggerId } = await first({ ...EVENT, type: 'x-visit-closed' });
    expect(await kept(triggerId)).toMatchObject({ value: { kind: 'x-visit-closed' } });
  });

  test('calls off what was reported before it, serves nothing and says nothing of requests', async () => {
    await share(world);
    const one = await first(EVENT);
    const off = await first({ ...EVENT, eventId: 'adt-2', cancels: true });
    expect(off).toEqual({
      eventId: 'adt-2',
      result: 'accepted',
      triggerId: off.triggerId,
      requests: 0,
    });
    expect(await kept(off.triggerId)).toMatchObject({
      value: { kind: 'discharge', cancels: true },
    });
    expect(await kept(one.triggerId)).not.toMatchObject({ value: { cancels: true } });
    expect(await first({ ...EVENT, eventId: 'adt-2', cancels: true })).toMatchObject({
      result: 'duplicate',
    });
  });

  test('serves the requests that name it, and those that name none', async () => {
    await share(world);
    const [request] = await world.ports.requests.list(world.ports.keyOf('ana' as PatientId));
    await world.ports.requests.change(
      request!.patientKey,
      request!.id,
      world.ports.now(),
      (current) => done({ ...current, triggers: ['transfer'] }),
    );
    expect(await first(EVENT)).toMatchObject({ requests: 0 });
    expect(await first({ ...EVENT, eventId: 'adt-2', type: 'transfer' })).toMatchObject({
      requests: 1,
    });
  });

  test('of another system under the same id is another event', async () => {
    const one = await first(EVENT);
    const { body } = await post(EVENT, { ...SYSTEM, subject: 'payer' });
    expect(body.results[0].result).toBe('accepted');
    expect(body.results[0].triggerId).not.toBe(one.triggerId);
  });
});

describe('an event that is refused', () => {
  const { patientId: _, ...nameless } = EVENT;
  const cases: readonly (readonly [FailureCode, string, object])[] = [
    ['trigger/unknown-type', 'a type that nobody knows', { ...EVENT, type: 'birthday' }],
    ['trigger/unknown-type', "the patient's own reason", { ...EVENT, type: 'requested' }],
    ['trigger/unknown-type', 'a type that no setting names', { ...EVENT, type: 'x-visit-closed' }],
    ['patient/unknown', 'an unknown patient', { ...EVENT, patientId: 'nobody' }],
    [
      'patient/unknown',
      'an unknown identifier',
      { ...nameless, patientIdentifier: { ...MRN, value: 'x' } },
    ],
    ['patient/bad-id', 'what is no patient id', { ...EVENT, patientId: 'a b' }],
    ['trigger/bad-time', 'no zone', { ...EVENT, occurredAt: '2026-11-22T06:00:00' }],
    ['trigger/bad-time', 'no day', { ...EVENT, occurredAt: '2026-02-30T06:00:00Z' }],
    ['trigger/bad-time', 'to come', { ...EVENT, occurredAt: '2026-11-22T12:05:01Z' }],
    ['edge/malformed', 'no patient', nameless],
    ['edge/malformed', 'a patient named twice', { ...EVENT, patientIdentifier: MRN }],
    ['edge/malformed', 'no id', { ...EVENT, eventId: '' }],
    ['edge/malformed', 'an id with a line break', { ...EVENT, eventId: 'a\r\nb' }],
    ['edge/malformed', 'an unknown field', { ...EVENT, patient: 'ana' }],
    ['edge/malformed', 'a word for yes', { ...EVENT, cancels: 'yes' }],
  ];
  test.each(cases)('%s: %s', async (code, _claim, event) => {
    await expectRefused(world, code, () => post(event));
    await expectRefused(world, code, () => post({ events: [event] }));
  });

  test('patient/ambiguous: an identifier that two patients hold', async () => {
    await register(world, 'ben');
    await expectRefused(world, 'patient/ambiguous', () =>
      post({ ...nameless, patientIdentifier: MRN }),
    );
  });

  test('trigger/event-id-reused: another event under the same id', async () => {
    await post(EVENT);
    await expectRefused(world, 'trigger/event-id-reused', () =>
      post({ ...EVENT, type: 'transfer' }),
    );
    await expectRefused(world, 'trigger/event-id-reused', () => post({ ...EVENT, cancels: true }));
  });
});

describe('a list', () => {
  test('has a result for each event, in its order, each with its own code', async () => {
    const events = [
      EVENT,
      { ...EVENT, eventId: 'adt-2', type: 'birthday' },
      EVENT,
      { eventId: 'adt-3' },
      { ...EVENT, eventId: 'adt-4', patientId: 'nobody' },
      { ...EVENT, eventId: 'adt-5' },
    ];
    const { status, body } = await post({ events });
    expect(status).toBe(202);
    expect(body.results).toMatchObject([
      { eventId: 'adt-1', result: 'accepted' },
      { eventId: 'adt-2', result: 'refused', code: 'trigger/unknown-type' },
      { eventId: 'adt-1', result: 'duplicate' },
      { result: 'refused', code: 'edge/malformed' },
      { eventId: 'adt-4', result: 'refused', code: 'patient/unknown' },
      { eventId: 'adt-5', result: 'accepted' },
    ]);
    expect(body.results[3].errors).toContainEqual({
      pointer: '/events/3/type',
      code: 'invalid-type',
    });
  });

  test('of events that are all refused is still an answer for each', async () => {
    const bad = { ...EVENT, type: 'birthday' };
    const { status, body } = await post({ events: [bad, bad] });
    expect(status).toBe(202);
    expect(body.results).toHaveLength(2);
  });

  test.each([
    ['an empty list', { events: [] }],
    ['101 events', { events: Array.from({ length: 101 }, () => EVENT) }],
    ['no list', { events: EVENT }],
    ['something beside the list', { events: [EVENT], eventId: 'x' }],
    ['an array', [EVENT]],
    ['a text', 'discharge'],
  ])('edge/malformed: %s', async (_, json) => {
    await expectRefused(world, 'edge/malformed', () => post(json));
  });

  test.each(['text/plain', 'application/xml', 'constructor', ''])(
    'edge/unsupported-media: in %p',
    async (type) => {
      await expectRefused(world, 'edge/unsupported-media', () =>
        world.ask('POST /v1/events', {
          as: SYSTEM,
          body: JSON.stringify(EVENT),
          headers: { 'content-type': type },
        }),
      );
    },
  );

  test('edge/forbidden: from a patient', async () => {
    const as = { ...ANA, scopes: SYSTEM.scopes };
    await expectRefused(world, 'edge/forbidden', () => post(EVENT, as));
  });
});
