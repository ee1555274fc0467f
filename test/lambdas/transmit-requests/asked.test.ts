import { beforeEach, describe, expect, test } from '@jest/globals';
import { dueIndex } from '../../../shared/adapters/dynamo/due-index.ts';
import { requestItem } from '../../../shared/adapters/dynamo/transmit-requests.ts';
import type { FailureCode } from '../../../shared/failures.ts';
import { type PatientId, type RequestId, triggerIdOf } from '../../../shared/ids.ts';
import { done } from '../../../shared/outcome.ts';
import type { TransmitRequest } from '../../../shared/transmit-request/transmit-request.ts';
import { ANA, type HttpWorld, httpWorld } from '../http-world.ts';
import { expectRefused } from '../refused.ts';
import { consented, key, SHARE, share } from '../steps.ts';

const REQUESTS = '/v1/patients/ana/transmit-requests';
const DAILY = { frequency: 'daily', schedule: { at: '07:30', timeZone: 'Europe/Berlin' } };
const ADDRESS = 'dr.lee@direct.clinic.example';

let world: HttpWorld;

beforeEach(async () => {
  world = await httpWorld();
  await consented(world);
});

const kept = async () => (await world.ask(`GET ${REQUESTS}`, { as: ANA })).body.transmitRequests;
const triggerOf = (requestId: string) =>
  world.ports.triggers.get(triggerIdOf('request', requestId));

describe('a request by the clock', () => {
  test('keeps its schedule, says when it runs next, and sends now as well', async () => {
    const answered = await share(world, { json: { ...SHARE, ...DAILY } });
    expect(answered).toMatchObject({
      status: 201,
      body: {
        frequency: 'daily',
        schedule: { at: '07:30', timeZone: 'Europe/Berlin' },
        nextRunAt: '2026-11-23T06:30:00.000Z',
        reviewAt: '2027-12-22T12:00:00.000Z',
      },
    });
    expect((await triggerOf(answered.body.id)).ok).toBe(true);
    const { due } = await dueIndex(world.table).due(new Date('2026-11-23T06:30:00.000Z'), 9);
    expect(due).toContainEqual(expect.objectContaining({ kind: 'request', id: answered.body.id }));
  });

  test('sends at its slots only, when nothing is to go now', async () => {
    const answered = await share(world, { json: { ...SHARE, ...DAILY, sendNow: false } });
    expect((await triggerOf(answered.body.id)).ok).toBe(false);
  });

  test('transmit-request/bad-schedule: points at each fault', async () => {
    const schedule = { at: '7:30', timeZone: 'Berlin', dayOfWeek: 1 };
    const { body } = await expectRefused(world, 'transmit-request/bad-schedule', () =>
      share(world, { json: { ...SHARE, ...DAILY, schedule } }),
    );
    expect(body.errors).toEqual([
      { pointer: '/schedule/at', code: 'not-a-time' },
      { pointer: '/schedule/timeZone', code: 'unknown-zone' },
      { pointer: '/schedule/dayOfWeek', code: 'not-of-this-frequency' },
    ]);
  });
});

test('a filter names events that there are, and those of the data holder', async () => {
  const own = await httpWorld({ triggers: { kinds: ['x-infusion-ended'] } });
  await consented(own);
  const json = { ...SHARE, triggers: ['x-infusion-ended', 'discharge'] };
  expect((await share(own, { json })).body.triggers).toEqual(json.triggers);
  await expectRefused(world, 'transmit-request/bad-filter', () => share(world, { json }));
});

describe('what is asked for', () => {
  test.each([
    ['no addr-spec', 'dr.lee'],
    ['empty', ''],
    ['a line break', 'dr.lee@direct.clinic.example\r\nBcc: all@evil.example'],
    ['a line feed', 'dr.lee\n@direct.clinic.example'],
    ['quotes', '"dr lee"@direct.clinic.example'],
    ['not ASCII', 'dr.léé@direct.clinic.example'],
    ['a display name', 'Dr Lee <dr.lee@direct.clinic.example>'],
    ['two addresses in one', 'a@direct.clinic.example, b@direct.clinic.example'],
    ['a bare host', 'dr.lee@localhost'],
  ])('discover/bad-address: %s', async (_, address) => {
    const { body } = await expectRefused(world, 'discover/bad-address', () =>
      share(world, { json: { ...SHARE, addresses: [ADDRESS, address] } }),
    );
    expect(body.errors).toEqual([{ pointer: '/addresses/1', code: 'not-an-address' }]);
    expect(JSON.stringify(body)).not.toContain('clinic');
  });

  test('transmit-request/own-address: of the data holder itself, each is pointed at', async () => {
    const own = ['Records@Direct.GreenStreet.example', 'lab@direct.greenstreet.example'];
    const addresses = [ADDRESS, ...own];
    const { body } = await expectRefused(world, 'transmit-request/own-address', () =>
      share(world, { json: { ...SHARE, addresses } }),
    );
    const [one, two] = ['/addresses/1', '/addresses/2'];
    expect(body.errors).toEqual([
      { pointer: one, code: 'own' },
      { pointer: two, code: 'own' },
    ]);
  });

  const eleven = Array.from({ length: 11 }, (_, n) => `a${n}@direct.clinic.example`);
  const cases: readonly (readonly [FailureCode, string, object])[] = [
    ['transmit-request/unknown-frequency', 'hourly', { frequency: 'hourly' }],
    ['transmit-request/unknown-frequency', 'empty', { frequency: '' }],
    ['transmit-request/bad-schedule', 'weekly, and nobody knows when', { frequency: 'weekly' }],
    ['transmit-request/bad-schedule', 'a schedule of updates', { schedule: DAILY.schedule }],
    ['transmit-request/bad-filter', 'an event of nobody', { triggers: ['x-other'] }],
    ['transmit-request/bad-filter', 'events of a schedule', { ...DAILY, triggers: ['discharge'] }],
    [
      'transmit-request/bad-schedule',
      'no slot until its end, and none now',
      { ...DAILY, sendNow: false, until: '2026-11-22T13:00:00Z' },
    ],
    [
      'edge/malformed',
      'a day that is no number',
      { schedule: { ...DAILY.schedule, dayOfWeek: '1' } },
    ],
    ['edge/malformed', 'an unknown field of it', { schedule: { ...DAILY.schedule, every: 2 } }],
    ['edge/malformed', 'too many events', { triggers: Array(101).fill('discharge') }],
    ['transmit-request/no-address', 'none', { addresses: [] }],
    ['transmit-request/too-many-addresses', 'eleven', { addresses: eleven }],
    ['edge/malformed', 'the same twice', { addresses: [ADDRESS, ADDRESS.toUpperCase()] }],
    ['transmit-request/unknown-sender', 'of others', { sender: 'a@direct.evil.example' }],
    ['transmit-request/expired', 'an end in the past', { until: '2026-11-22T12:00:00Z' }],
    ['edge/malformed', 'an end without zone', { until: '2027-01-01T00:00:00' }],
    ['edge/malformed', 'an end on no day', { until: '2027-02-30T00:00:00Z' }],
    ['edge/malformed', 'a header in the reference', { clientReference: 'a\r\nBcc: b@c.example' }],
    ['edge/malformed', 'an escape in the reference', { clientReference: 'a\u001b[31m' }],
    ['edge/malformed', 'a long reference', { clientReference: 'x'.repeat(201) }],
    ['edge/malformed', 'a name that turns around', { signatureName: 'ana \u202ekcab' }],
    ['edge/malformed', 'once and not now', { frequency: 'once', sendNow: false }],
    ['edge/malformed', 'an unknown field', { adress: ADDRESS }],
    ['edge/malformed', 'a frequency that is no text', { frequency: 7 }],
    ['consent/unknown', 'no consent id', { consentId: 'yes' }],
    ['consent/unknown', 'an unknown consent', { consentId: `con_${'a'.repeat(26)}` }],
  ];
  test.each(cases)('%s: %s', async (code, _, change) => {
    await expectRefused(world, code, () => share(world, { json: { ...SHARE, ...change } }));
  });

  test('edge/key-missing: no Idempotency-Key', async () => {
    await expectRefused(world, 'edge/key-missing', () => share(world, { headers: {} }));
  });

  test.each([['x'.repeat(256)], ['a\u0000b'], ['käse']])(
    'edge/malformed: a bad key',
    async (value) => {
      await expectRefused(world, 'edge/malformed', () => share(world, { headers: key(value) }));
    },
  );

  test('transmit-request/too-many-requests: more than 25 running', async () => {
    for (let n = 0; n < 25; n++) await share(world, { headers: key(`n-${n}`) });
    await expectRefused(world, 'transmit-request/too-many-requests', () => share(world));
    const [first] = await kept();
    await world.ask(`POST ${REQUESTS}/${first.id}/revoke`, { as: ANA });
    expect((await share(world)).status).toBe(201);
  });

  test('transmit-request/too-many-requests: more than 25 running, however many are asked for at once', async () => {
    const json = { ...SHARE, sendNow: false };
    const asked = Array.from({ length: 40 }, (_, n) =>
      share(world, { json, headers: key(`n-${n}`) }),
    );
    const statuses = (await Promise.all(asked)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(25);
    expect(await kept()).toHaveLength(25);
  });

  test('a request for one copy that was served makes room for another; a paused one does not', async () => {
    const patient = world.ports.keyOf('ana' as PatientId);
    const change = async (more: Partial<TransmitRequest>) => {
      const [{ id }] = await kept();
      const at = world.ports.now();
      await world.ports.requests.change(patient, id, at, (each) => done({ ...each, ...more }));
    };
    const once = { ...SHARE, frequency: 'once' };
    for (let n = 0; n < 25; n++) await share(world, { json: once, headers: key(`n-${n}`) });
    await change({ status: 'paused' });
    await expectRefused(world, 'transmit-request/too-many-requests', () => share(world));
    await change({ status: 'active', servedAt: '2026-11-22T12:00:00.000Z' });
    expect((await share(world)).status).toBe(201);
  });
});

test('transmit-request/too-many-requests: a thousand in all, though they were stopped; a repeat is answered', async () => {
  const { body } = await share(world);
  await world.ask(`POST ${REQUESTS}/${body.id}/revoke`, { as: ANA });
  const [one] = await world.ports.requests.list(world.ports.keyOf('ana' as PatientId));
  const copies = Array.from({ length: 998 }, (_, n) => ({ ...one!, id: `req_${n}` as RequestId }));
  for (const each of copies) await world.table.write([{ put: requestItem(each) }]);
  expect((await share(world, { headers: key('the-last') })).status).toBe(201);
  await expectRefused(world, 'transmit-request/too-many-requests', () =>
    share(world, { headers: key('one-more') }),
  );
  expect((await share(world, { headers: key('the-last') })).status).toBe(201);
});
