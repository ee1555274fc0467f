import { beforeEach, describe, expect, test } from '@jest/globals';
import type { TriggerId } from '../../../shared/ids.ts';
import {
  ANA,
  encounter,
  focusOn,
  inR4,
  inR5,
  noted,
  report,
  SPELLINGS,
  study,
  SUBSCRIPTION,
  TOPIC,
} from '../../trigger/fhir/notifications.ts';
import { type HttpWorld, httpWorld, SYSTEM } from '../http-world.ts';
import { consented, MRN, register, share } from '../steps.ts';

let world: HttpWorld;

beforeEach(async () => {
  world = await httpWorld();
  await consented(world);
});

const post = (notification: object, as = SYSTEM) =>
  world.ask('POST /v1/events', {
    as,
    body: JSON.stringify(notification),
    headers: { 'content-type': 'application/fhir+json; fhirVersion=4.0' },
  });
const first = async (notification: object) => (await post(notification)).body.results[0];
const kept = (id: string) => world.ports.triggers.get(id as TriggerId);

describe.each(SPELLINGS)('a notification as %s writes it', (_, written) => {
  test.each(['handshake', 'heartbeat'])('%s: is answered, and nothing is kept', async (type) => {
    const writes = world.writes();
    expect(await post(written([], { type, since: 0 }))).toMatchObject({
      status: 200,
      body: { type, results: [] },
    });
    expect(world.writes()).toBe(writes);
  });

  test('of ids only becomes a trigger of what the focus is', async () => {
    await share(world);
    const answered = await post(written([noted(1)]));
    expect(answered).toMatchObject({
      status: 202,
      body: { results: [{ eventId: `${SUBSCRIPTION}#1`, result: 'accepted', requests: 1 }] },
    });
    expect(answered.body).not.toHaveProperty('gaps');
    expect(await kept(answered.body.results[0].triggerId)).toMatchObject({
      value: { kind: 'encounter-ended', patientId: 'ana', occurredAt: '2026-11-22T12:00:00.000Z' },
    });
  });

  test('of full resources becomes a trigger of what the resource tells, of its subject', async () => {
    await register(world, 'ben', { identifiers: [] });
    const resource = encounter({ class: { code: 'IMP' } });
    const context = [{ reference: 'Patient/ben' }];
    const { triggerId } = await first(
      written([noted(1, { focus: focusOn(resource), context })], { resources: [resource] }),
    );
    expect(await kept(triggerId)).toMatchObject({ value: { kind: 'discharge', patientId: 'ana' } });
  });

  test('that is posted again brings duplicates, and misses nothing', async () => {
    const { triggerId } = await first(written([noted(1)]));
    const writes = world.writes();
    const again = await post(written([noted(1)]));
    expect(again.body).toMatchObject({ results: [{ result: 'duplicate', triggerId }] });
    expect(again.body).not.toHaveProperty('gaps');
    expect(world.writes()).toBe(writes);
  });

  test('of several events has a result for each', async () => {
    const [radiology, preliminary] = [study(), report({ status: 'preliminary' })];
    const { status, body } = await post(
      written(
        [
          noted(1, { focus: focusOn(radiology) }),
          noted(2, { focus: focusOn(preliminary) }),
          noted(3, { focus: { reference: 'Observation/o-1' } }),
          noted(4, { context: [{ reference: 'Patient/nobody' }] }),
        ],
        { resources: [radiology, preliminary] },
      ),
    );
    expect(status).toBe(202);
    expect(body.results).toMatchObject([
      { eventId: `${SUBSCRIPTION}#1`, result: 'accepted' },
      { eventId: `${SUBSCRIPTION}#2`, result: 'ignored' },
      { eventId: `${SUBSCRIPTION}#3`, result: 'refused', code: 'trigger/unknown-type' },
      { eventId: `${SUBSCRIPTION}#4`, result: 'refused', code: 'patient/unknown' },
    ]);
    expect(await kept(body.results[0].triggerId)).toMatchObject({
      value: { kind: 'image-available' },
    });
  });

  test('says which events did not come, and counts them', async () => {
    await post(written([noted(1)]));
    const { body } = await post(written([noted(4)]));
    expect(body).toMatchObject({ results: [{ result: 'accepted' }], gaps: [{ from: 2, to: 3 }] });
    expect(world.metrics.of('NotificationGap')).toEqual([2]);
    expect(world.lines.filter((line) => line.includes('notification-gap'))).toHaveLength(1);
    const heartbeat = await post(written([], { type: 'heartbeat', since: 6 }));
    expect(heartbeat.body).toMatchObject({ gaps: [{ from: 5, to: 6 }] });
    expect((await post(written([noted(5)]))).body).not.toHaveProperty('gaps');
  });
});

test('the two spellings of one event are one event', async () => {
  const { triggerId } = await first(inR4([noted(1)]));
  expect(await first(inR5([noted(1)]))).toMatchObject({ result: 'duplicate', triggerId });
});

test('the same number of another caller is another event, and its hearing is its own', async () => {
  const one = await first(inR4([noted(1)]));
  const { body } = await post(inR4([noted(5)]), { ...SYSTEM, subject: 'lab' });
  expect(body.results[0]).toMatchObject({ result: 'accepted' });
  expect(body.results[0].triggerId).not.toBe(one.triggerId);
  expect(body).not.toHaveProperty('gaps');
});

test('one whose only event is refused is missing until it comes', async () => {
  await post(inR4([noted(1)]));
  await post(inR4([noted(2, { context: [{ reference: 'Patient/nobody' }] })]));
  expect((await post(inR4([noted(3)]))).body).toMatchObject({ gaps: [{ from: 2, to: 2 }] });
});

test('what was deleted is no reason to send', async () => {
  const notification = inR4([noted(1)]) as { entry: object[] };
  notification.entry.push({ request: { method: 'DELETE', url: 'Encounter/e-1' } });
  expect(await first(notification)).toMatchObject({ result: 'ignored' });
});

test('what another server has under the same id is not what an event is about', async () => {
  const focus = { reference: 'https://lab.example/fhir/Encounter/e-1' };
  const resources = [encounter({ class: { code: 'IMP' } })];
  const { triggerId } = await first(inR4([noted(1, { focus })], { resources }));
  expect(await kept(triggerId)).toMatchObject({ value: { kind: 'encounter-ended' } });
});

describe('the time', () => {
  const resource = encounter();
  const at = (timestamp: string | undefined, more: object = {}) =>
    inR4([noted(1, { timestamp, focus: focusOn(resource) })], {
      timestamp: '2026-11-22T11:59:00Z',
      ...more,
    });

  test.each([
    ['is the event’s', at('2026-11-22T11:00:00Z', { resources: [resource] }), '11:00'],
    ['else the resource’s', at(undefined, { resources: [resource] }), '11:30'],
    ['else the bundle’s', at(undefined), '11:59'],
  ])('%s', async (_, notification, time) => {
    const { triggerId } = await first(notification);
    expect(await kept(triggerId)).toMatchObject({
      value: { occurredAt: `2026-11-22T${time}:00.000Z` },
    });
  });
});

describe('the patient', () => {
  const SYSTEM_AND_VALUE = { system: `urn:oid:${MRN.system}`, value: MRN.value };
  const whole = { resourceType: 'Patient', id: 'p-77', identifier: [SYSTEM_AND_VALUE] };
  const named = { reference: 'https://ehr.example/fhir/Patient/p-77' };

  test.each([
    [
      'by an identifier',
      inR4([noted(1, { context: [{ type: 'Patient', identifier: SYSTEM_AND_VALUE }] })]),
    ],
    [
      'by a URL',
      inR4([
        noted(1, { context: [{ reference: 'https://ehr.example/fhir/Patient/ana/_history/2' }] }),
      ]),
    ],
    [
      'by the resource that the context names',
      inR5([noted(1, { context: [named] })], { resources: [whole] }),
    ],
    [
      'by the only patient of the bundle',
      inR4([noted(1, { context: [] })], { resources: [whole] }),
    ],
    [
      'as the subject of the resource, by an identifier alone',
      inR4([noted(1, { context: [] })], {
        resources: [encounter({ subject: { identifier: SYSTEM_AND_VALUE } })],
      }),
    ],
    [
      'twice as the same',
      inR4([noted(1, { context: [ANA, ANA, { reference: 'Encounter/e-1' }] })]),
    ],
  ])('is named %s', async (_, notification) => {
    const { triggerId } = await first(notification);
    expect(await kept(triggerId)).toMatchObject({ value: { patientId: 'ana' } });
  });
});

describe('a topic', () => {
  beforeEach(async () => {
    world = await httpWorld({
      triggers: { kinds: ['x-moved'], fhirTopics: { [TOPIC]: 'x-moved' } },
    });
    await consented(world);
  });

  test.each([
    ['with ids only', inR4([noted(1)])],
    ['in a version', inR4([noted(1)], { topic: `${TOPIC}|1.1` })],
    ['without a focus', inR5([{ number: 1, context: [ANA], timestamp: '2026-11-22T11:00:00Z' }])],
    [
      'of what is not over',
      inR4([noted(1)], { resources: [encounter({ status: 'in-progress' })] }),
    ],
  ])('is of the kind that the settings name: %s', async (_, notification) => {
    const { triggerId } = await first(notification);
    expect(await kept(triggerId)).toMatchObject({ value: { kind: 'x-moved' } });
  });

  test.each([
    ['a preliminary report', report({ status: 'preliminary' })],
    ['a mistake', encounter({ status: 'entered-in-error' })],
  ])('makes no event of %s', async (_, resource) => {
    const notification = inR4([noted(1, { focus: focusOn(resource) })], { resources: [resource] });
    expect(await first(notification)).toMatchObject({ result: 'ignored' });
  });
});
