import { beforeEach, describe, expect, test } from '@jest/globals';
import type { PatientId, RequestId } from '../../../shared/ids.ts';
import { triggerIdOf } from '../../../shared/ids.ts';
import { type Asking } from '../http-event.ts';
import { ANA, type Answered, BEN, type HttpWorld, httpWorld } from '../http-world.ts';
import { expectRefused } from '../refused.ts';
import { ACCEPTED, consent, consented, key, SHARE, share } from '../steps.ts';

const REQUESTS = '/v1/patients/ana/transmit-requests';
const LEE = 'dr.lee@direct.clinic.example';
const LAB = 'lab@direct.other.example';
const KIM = 'dr.kim@direct.ward.example';
const DAILY = { at: '07:30', timeZone: 'Europe/Berlin' };

let world: HttpWorld;
let id: RequestId;

beforeEach(async () => {
  world = await httpWorld();
  await consented(world);
  id = await shared({});
});

const shared = async (more: object, name = 'share-1'): Promise<RequestId> =>
  (
    await share(world, {
      json: { ...SHARE, addresses: [LEE, LAB], ...more },
      headers: key(name),
    })
  ).body.id;

const amend = (json: object, asking: Asking & { ifMatch?: string; id?: string } = {}) => {
  const { ifMatch = '"1"', id: requestId = id, headers = {}, ...rest } = asking;
  return world.ask(`PATCH ${REQUESTS}/${requestId}`, {
    as: ANA,
    json,
    headers: { 'content-type': 'application/merge-patch+json', 'if-match': ifMatch, ...headers },
    ...rest,
  });
};

const read = (requestId: string = id) => world.ask(`GET ${REQUESTS}/${requestId}`, { as: ANA });
const addressesIn = ({ body }: Answered) =>
  body.addresses.map(({ address, status }: { address: string; status: string }) => [
    address,
    status,
  ]);
/** Of the copy to whoever is added by the change that makes this version. */
const triggerOf = async (version: number) => {
  const found = await world.ports.triggers.get(triggerIdOf('request', `${id} ${version}`));
  return found.ok ? found.value : undefined;
};
const reject = () =>
  consent(world, { headers: key('no'), json: { ...ACCEPTED, decision: 'rejected' } });
const publish = () =>
  void world.settings.consentTexts.push({
    language: 'en',
    version: '2026-11-01',
    text: 'You ask us, once more.',
  });

describe('who asks for less', () => {
  test.each([
    ['removes an address', { addresses: [LEE] }, { status: 'active' }],
    ['wants it less often', { frequency: 'daily', schedule: DAILY }, { frequency: 'daily' }],
    ['ends it', { until: '2027-01-01T00:00:00+01:00' }, { until: '2026-12-31T23:00:00.000Z' }],
    ['wants it for fewer events', { triggers: ['discharge'] }, { triggers: ['discharge'] }],
    ['gives it another name', { clientReference: 'visit 8' }, { clientReference: 'visit 8' }],
  ])('%s, and is asked for no consent', async (_, json, expected) => {
    await reject();
    publish();
    expect(await amend(json)).toMatchObject({
      status: 200,
      headers: { etag: '"2"' },
      body: { ...expected, version: 2, reachability: [], inFlight: [] },
    });
  });

  test('is on record with it, on no consent', async () => {
    world.at('2026-11-22T13:00:00Z');
    const { body } = await amend({ until: '2027-01-01T00:00:00Z' });
    expect(body.directives).toMatchObject([
      { addresses: [LEE, LAB], consentId: body.consentId },
      {
        narrows: true,
        addresses: [LEE, LAB],
        until: '2027-01-01T00:00:00.000Z',
        actor: { kind: 'patient', subject: 'patient-1' },
        at: '2026-11-22T13:00:00.000Z',
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    ]);
    expect(body.directives[1]).not.toHaveProperty('consentId');
  });
});

describe('who asks for more', () => {
  const MORE: readonly (readonly [string, object, object])[] = [
    ['adds an address', {}, { addresses: [LEE, LAB, KIM] }],
    ['wants it oftener', { frequency: 'daily', schedule: DAILY }, { frequency: 'on-update' }],
    ['takes the end away', { until: '2027-01-01T00:00:00Z' }, { until: null }],
    ['ends it later', { until: '2027-01-01T00:00:00Z' }, { until: '2027-01-02T00:00:00Z' }],
    ['wants it for more events', { triggers: ['discharge'] }, { triggers: ['transfer'] }],
    ['wants it for all events', { triggers: ['discharge'] }, { triggers: null }],
  ];

  test.each(MORE)('%s, on the consent that was given', async (_, more, json) => {
    const made = await shared(more, 'more');
    const { status, body } = await amend(json, { id: made });
    expect({ status, version: body.version }).toEqual({ status: 200, version: 2 });
    expect(body.directives[1]).toMatchObject({ consentId: body.consentId });
    expect(body.directives[1]).not.toHaveProperty('narrows');
  });

  test.each(MORE)('consent/renew: %s, and the text is a new one', async (_, more, json) => {
    const made = await shared(more, 'more');
    publish();
    await expectRefused(world, 'consent/renew', () => amend(json, { id: made }));
  });

  test.each(MORE)('consent/not-accepted: %s, and has said no since', async (_, more, json) => {
    const made = await shared(more, 'more');
    world.at('2026-11-22T13:00:00Z');
    await reject();
    await expectRefused(world, 'consent/not-accepted', () => amend(json, { id: made }));
  });

  test('consent/not-accepted: said no between the decision and the change', async () => {
    const { amendments } = world.ports;
    let calls = 0;
    const late: typeof amendments = {
      amend: async (...given) => {
        calls += 1;
        if (calls === 1) await reject();
        return amendments.amend(...given);
      },
    };
    Object.assign(world.ports, { amendments: late });
    expect(await amend({ addresses: [LEE, LAB, KIM] })).toMatchObject({
      body: { code: 'consent/not-accepted' },
    });
    expect((await read()).body.version).toBe(1);
  });

  test('edge/step-up-needed: to another address, without the sign-in that it demands', async () => {
    const stepUp = { acr: ['high'] };
    await expectRefused(world, 'edge/step-up-needed', () =>
      amend({ addresses: [LEE, LAB, KIM] }, { as: { ...ANA, stepUp } }),
    );
    expect((await amend({ addresses: [LAB] }, { as: { ...ANA, stepUp } })).status).toBe(200);
  });

  test('transmit-request/too-many-changes: after 25 of them; to ask for less is never too much', async () => {
    const [one, other] = [{ addresses: [LEE, KIM] }, { addresses: [LEE, LAB] }];
    for (let n = 1; n <= 25; n += 1) {
      expect((await amend(n % 2 ? one : other, { ifMatch: `"${n}"` })).status).toBe(200);
    }
    await expectRefused(world, 'transmit-request/too-many-changes', () =>
      amend(other, { ifMatch: '"26"' }),
    );
    for (let n = 26; n <= 60; n += 1) {
      const until = `2027-02-01T00:00:${String(60 - n).padStart(2, '0')}Z`;
      expect((await amend({ until }, { ifMatch: `"${n}"` })).status).toBe(200);
    }
    const { body } = await read();
    expect(body.directives).toHaveLength(51);
    expect(body.directives.filter((each: { narrows?: true }) => !each.narrows)).toHaveLength(26);
  });
});

describe('an address', () => {
  test('that is added is asked for from now on, and gets a copy at once, alone', async () => {
    world.at('2026-11-22T13:00:00Z');
    const added = await amend({ addresses: [KIM, LAB, LEE] });
    expect(addressesIn(added)).toEqual([
      [KIM, 'active'],
      [LAB, 'active'],
      [LEE, 'active'],
    ]);
    expect(added.body.addresses[0]).toEqual({
      address: KIM,
      status: 'active',
      addedAt: '2026-11-22T13:00:00.000Z',
    });
    expect(added.body.reachability).toMatchObject([
      { address: KIM, reachability: 'not-reachable', code: 'discover/no-certificate' },
    ]);
    expect(await triggerOf(2)).toMatchObject({ kind: 'requested', requestId: id });
    expect((await triggerOf(2))?.addresses).toHaveLength(1);
  });

  test('that is added without a copy at once waits for the next reason', async () => {
    expect((await amend({ addresses: [LEE, LAB, KIM], sendNow: false })).status).toBe(200);
    expect(await triggerOf(2)).toBeUndefined();
  });

  test('that is not named any more is revoked, and shown behind the others', async () => {
    world.at('2026-11-22T13:00:00Z');
    const removed = await amend({ addresses: [LAB] });
    expect(addressesIn(removed)).toEqual([
      [LAB, 'active'],
      [LEE, 'revoked'],
    ]);
    expect(removed.body.addresses[1].revokedAt).toBe('2026-11-22T13:00:00.000Z');
    expect((await world.ports.requests.standing(ANA_KEY())).version).toBe(2);
  });

  test('that comes again is asked for anew, whatever was before', async () => {
    await amend({ addresses: [LAB] });
    world.at('2026-11-22T14:00:00Z');
    const again = await amend({ addresses: [LAB, LEE] }, { ifMatch: '"2"' });
    expect(again.body.addresses[1]).toEqual({
      address: LEE,
      status: 'active',
      addedAt: '2026-11-22T14:00:00.000Z',
    });
    expect(await triggerOf(3)).toBeDefined();
  });

  test('in another order is a change, and the order is kept', async () => {
    const turned = await amend({ addresses: [LAB, LEE] });
    expect(turned.body.version).toBe(2);
    expect(addressesIn(await read()).map(([address]: [string]) => address)).toEqual([LAB, LEE]);
  });

  test('in another spelling is the same', async () => {
    const { body } = await amend({ addresses: ['DR.Lee@direct.clinic.example', LAB] });
    expect(body.version).toBe(1);
  });
});

const ANA_KEY = () => world.ports.keyOf('ana' as PatientId);

describe('how often', () => {
  test('has its next slot with it, and none when it does not go by the clock any more', async () => {
    const daily = await amend({ frequency: 'daily', schedule: DAILY });
    expect(daily.body).toMatchObject({ nextRunAt: '2026-11-23T06:30:00.000Z' });
    const later = await amend({ schedule: { at: '09:00' } }, { ifMatch: '"2"' });
    expect(later.body).toMatchObject({
      schedule: { at: '09:00', timeZone: 'Europe/Berlin' },
      nextRunAt: '2026-11-23T08:00:00.000Z',
    });
    const updates = await amend({ frequency: 'on-update' }, { ifMatch: '"3"' });
    expect(updates.body).not.toHaveProperty('schedule');
    expect(updates.body).not.toHaveProperty('nextRunAt');
  });

  test('a slot that has come is served although the end is moved; one behind the end is none', async () => {
    await amend({ frequency: 'daily', schedule: DAILY });
    world.at('2026-11-23T06:31:00Z');
    const kept = await amend({ until: '2026-11-24T00:00:00Z' }, { ifMatch: '"2"' });
    expect(kept.body.nextRunAt).toBe('2026-11-23T06:30:00.000Z');
    const none = await amend({ frequency: 'daily', schedule: { at: '07:31' } }, { ifMatch: '"3"' });
    expect(none.body).not.toHaveProperty('nextRunAt');
  });

  test('when it is more, somebody has said that it shall go on', async () => {
    const before = (await read()).body.reviewAt;
    world.at('2026-12-22T12:00:00Z');
    expect((await amend({ until: '2028-01-01T00:00:00Z' })).body.reviewAt).toBe(before);
    const more = await amend({ until: null }, { ifMatch: '"2"' });
    expect(more.body.reviewAt).toBe('2028-01-22T12:00:00.000Z');
  });

  test('transmit-request/not-once: of a sharing that goes on', async () => {
    await expectRefused(world, 'transmit-request/not-once', () => amend({ frequency: 'once' }));
  });

  test('one copy that was not sent yet may become more', async () => {
    const once = await shared({ frequency: 'once' }, 'once');
    const { body } = await amend({ frequency: 'on-update' }, { id: once });
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
    await expectRefused(world, code, () => amend(json));
  });

  test('transmit-request/too-many-addresses', async () => {
    const addresses = Array.from({ length: 11 }, (_, n) => `dr${n}@direct.clinic.example`);
    await expectRefused(world, 'transmit-request/too-many-addresses', () => amend({ addresses }));
  });
});

describe('which version', () => {
  test('edge/precondition-missing: nobody says', async () => {
    await expectRefused(world, 'edge/precondition-missing', () =>
      world.ask(`PATCH ${REQUESTS}/${id}`, { as: ANA, json: { addresses: [LEE] } }),
    );
  });

  test.each(['"2"', 'W/"1"', '1'])('edge/precondition-failed: %s', async (ifMatch) => {
    await expectRefused(world, 'edge/precondition-failed', () =>
      amend({ addresses: [LEE] }, { ifMatch }),
    );
  });

  test('edge/precondition-failed: the same change again, which was kept and has its copy', async () => {
    await amend({ addresses: [LEE, LAB, KIM] });
    await expectRefused(world, 'edge/precondition-failed', () =>
      amend({ addresses: [LEE, LAB, KIM] }),
    );
    expect(await triggerOf(2)).toBeDefined();
  });

  test('of two that come at once, one is kept', async () => {
    const both = await Promise.all([amend({ addresses: [LEE] }), amend({ addresses: [LAB] })]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
  });

  test('whatever it is; and what changes nothing writes nothing', async () => {
    const before = world.writes();
    const { status, headers } = await amend({ addresses: [LEE, LAB] }, { ifMatch: '*' });
    expect({ status, etag: headers['etag'] }).toEqual({ status: 200, etag: '"1"' });
    expect(world.writes()).toBe(before);
  });
});

describe('a request that is', () => {
  test('transmit-request/revoked', async () => {
    await world.ask(`POST ${REQUESTS}/${id}/revoke`, { as: ANA });
    await expectRefused(world, 'transmit-request/revoked', () =>
      amend({ until: null }, { ifMatch: '"2"' }),
    );
  });

  test('transmit-request/expired', async () => {
    const ended = await shared({ until: '2026-11-23T00:00:00Z' }, 'ended');
    world.at('2026-11-23T00:00:01Z');
    await expectRefused(world, 'transmit-request/expired', () =>
      amend({ until: null }, { id: ended }),
    );
  });

  test('transmit-request/one-copy: served', async () => {
    const once = await shared({ frequency: 'once' }, 'once');
    const at = new Date('2026-11-22T12:00:00Z');
    await world.ports.requests.change(ANA_KEY(), once, at, (current) => ({
      ok: true,
      value: { ...current, servedAt: at.toISOString() },
    }));
    await expectRefused(world, 'transmit-request/one-copy', () =>
      amend({ addresses: [LEE] }, { id: once, ifMatch: '"2"' }),
    );
  });

  test('transmit-request/unknown: nobody’s, or somebody else’s', async () => {
    await expectRefused(world, 'transmit-request/unknown', () =>
      amend({ addresses: [LEE] }, { id: `req_${'a'.repeat(26)}` }),
    );
    await expectRefused(world, 'edge/forbidden', () => amend({ addresses: [LEE] }, { as: BEN }));
  });

  test('paused stays so; whoever is added gets nothing until it goes on', async () => {
    const at = new Date('2026-11-22T12:00:00Z');
    const paused = { code: 'transmit-request/review-overdue', at: at.toISOString() } as const;
    await world.ports.requests.change(ANA_KEY(), id, at, (current) => ({
      ok: true,
      value: { ...current, status: 'paused', paused },
    }));
    const { body } = await amend({ addresses: [LEE, LAB, KIM] }, { ifMatch: '"2"' });
    expect(body).toMatchObject({ status: 'paused', version: 3 });
    expect(await triggerOf(3)).toBeUndefined();
  });
});

test('is taken as plain JSON, too, and as nothing else', async () => {
  const headers = { 'content-type': 'application/json' };
  expect((await amend({ addresses: [LEE] }, { headers })).status).toBe(200);
  await expectRefused(world, 'edge/unsupported-media', () =>
    amend({ addresses: [LEE] }, { headers: { 'content-type': 'text/plain' }, ifMatch: '"2"' }),
  );
});

test('the press of Share is the same press after its request was changed', async () => {
  await amend({ clientReference: 'other', addresses: [LEE] });
  const again = await share(world, { json: { ...SHARE, addresses: [LEE, LAB] } });
  expect(again).toMatchObject({ status: 201, body: { id, version: 2 } });
});
