import { beforeEach, describe, expect, test } from '@jest/globals';
import { ANA, type HttpWorld, httpWorld, SENDER } from '../http-world.ts';
import { type DirectAddress, triggerIdOf } from '../../../shared/ids.ts';
import { expectRefused } from '../refused.ts';
import { consented } from '../steps.ts';
import { addressesIn, amending, DAILY, KIM, LAB, LEE } from './amending.ts';

let world: HttpWorld;
let by: Awaited<ReturnType<typeof amending>>;

beforeEach(async () => {
  world = await httpWorld();
  await consented(world);
  by = await amending(world);
});

describe('who asks for less', () => {
  test.each([
    ['removes an address', { addresses: [LEE] }, { status: 'active' }],
    ['wants it less often', { frequency: 'daily', schedule: DAILY }, { frequency: 'daily' }],
    ['ends it', { until: '2027-01-01T00:00:00+01:00' }, { until: '2026-12-31T23:00:00.000Z' }],
    ['wants it for fewer events', { triggers: ['discharge'] }, { triggers: ['discharge'] }],
    ['gives it another name', { clientReference: 'visit 8' }, { clientReference: 'visit 8' }],
  ])('%s, and is asked for no consent', async (_, json, expected) => {
    await by.reject();
    by.publish();
    expect(await by.amend(json)).toMatchObject({
      status: 200,
      headers: { etag: '"2"' },
      body: { ...expected, version: 2, reachability: [], inFlight: [] },
    });
  });

  test('is on record with it, on no consent', async () => {
    world.at('2026-11-22T13:00:00Z');
    const { body } = await by.amend({ until: '2027-01-01T00:00:00Z' });
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
    const made = await by.shared(more, 'more');
    const { status, body } = await by.amend(json, { id: made });
    expect({ status, version: body.version }).toEqual({ status: 200, version: 2 });
    expect(body.directives[1]).toMatchObject({ consentId: body.consentId });
    expect(body.directives[1]).not.toHaveProperty('narrows');
  });

  test.each(MORE)('consent/renew: %s, and the text is a new one', async (_, more, json) => {
    const made = await by.shared(more, 'more');
    by.publish();
    await expectRefused(world, 'consent/renew', () => by.amend(json, { id: made }));
  });

  test.each(MORE)('consent/not-accepted: %s, and has said no since', async (_, more, json) => {
    const made = await by.shared(more, 'more');
    world.at('2026-11-22T13:00:00Z');
    await by.reject();
    await expectRefused(world, 'consent/not-accepted', () => by.amend(json, { id: made }));
  });

  test('consent/not-accepted: said no between the decision and the change', async () => {
    const { amendments } = world.ports;
    let calls = 0;
    const late: typeof amendments = {
      amend: async (...given) => {
        calls += 1;
        if (calls === 1) await by.reject();
        return amendments.amend(...given);
      },
    };
    Object.assign(world.ports, { amendments: late });
    expect(await by.amend({ addresses: [LEE, LAB, KIM] })).toMatchObject({
      body: { code: 'consent/not-accepted' },
    });
    expect((await by.read()).body.version).toBe(1);
  });

  test('edge/step-up-needed: to another address, without the sign-in that it demands', async () => {
    const stepUp = { acr: ['high'] };
    await expectRefused(world, 'edge/step-up-needed', () =>
      by.amend({ addresses: [LEE, LAB, KIM] }, { as: { ...ANA, stepUp } }),
    );
    expect((await by.amend({ addresses: [LAB] }, { as: { ...ANA, stepUp } })).status).toBe(200);
  });

  test('transmit-request/too-many-changes: after 25 of them; to ask for less is never too much', async () => {
    const [one, other] = [{ addresses: [LEE, KIM] }, { addresses: [LEE, LAB] }];
    for (let n = 1; n <= 25; n += 1) {
      expect((await by.amend(n % 2 ? one : other, { ifMatch: `"${n}"` })).status).toBe(200);
    }
    await expectRefused(world, 'transmit-request/too-many-changes', () =>
      by.amend(other, { ifMatch: '"26"' }),
    );
    for (let n = 26; n <= 60; n += 1) {
      const until = `2027-02-01T00:00:${String(60 - n).padStart(2, '0')}Z`;
      expect((await by.amend({ until }, { ifMatch: `"${n}"` })).status).toBe(200);
    }
    const { body } = await by.read();
    expect(body.directives).toHaveLength(51);
    expect(body.directives.filter((each: { narrows?: true }) => !each.narrows)).toHaveLength(26);
  });
});

describe('an address', () => {
  test('that is added is asked for from now on, and gets a copy at once, alone', async () => {
    world.at('2026-11-22T13:00:00Z');
    const added = await by.amend({ addresses: [KIM, LAB, LEE] });
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
    expect(await by.triggerOf(2)).toMatchObject({ kind: 'requested', requestId: by.id });
    expect((await by.triggerOf(2))?.addresses).toHaveLength(1);
  });

  test('that is added to a request for one copy goes with that one, and nobody is left out', async () => {
    const once = await by.shared({ frequency: 'once' }, 'once');
    await by.amend({ addresses: [LEE, LAB, KIM] }, { id: once });
    const found = await world.ports.triggers.get(triggerIdOf('request', `${once} 2`));
    expect(found).toMatchObject({ value: { kind: 'requested', requestId: once } });
    expect(found.ok && found.value).not.toHaveProperty('addresses');
  });

  test('that is added without a copy at once waits for the next reason', async () => {
    expect((await by.amend({ addresses: [LEE, LAB, KIM], sendNow: false })).status).toBe(200);
    expect(await by.triggerOf(2)).toBeUndefined();
  });

  test('that is not named any more is revoked, and shown behind the others', async () => {
    world.at('2026-11-22T13:00:00Z');
    const removed = await by.amend({ addresses: [LAB] });
    expect(addressesIn(removed)).toEqual([
      [LAB, 'active'],
      [LEE, 'revoked'],
    ]);
    expect(removed.body.addresses[1].revokedAt).toBe('2026-11-22T13:00:00.000Z');
    expect((await world.ports.requests.standing(by.anaKey())).version).toBe(2);
  });

  test('that comes again is asked for anew, whatever was before', async () => {
    await by.amend({ addresses: [LAB] });
    world.at('2026-11-22T14:00:00Z');
    const again = await by.amend({ addresses: [LAB, LEE] }, { ifMatch: '"2"' });
    expect(again.body.addresses[1]).toEqual({
      address: LEE,
      status: 'active',
      addedAt: '2026-11-22T14:00:00.000Z',
    });
    expect(await by.triggerOf(3)).toBeDefined();
  });

  test('in another order is a change, and the order is kept', async () => {
    const turned = await by.amend({ addresses: [LAB, LEE] });
    expect(turned.body.version).toBe(2);
    expect(addressesIn(await by.read()).map(([address]) => address)).toEqual([LAB, LEE]);
  });

  test('in another spelling is the same', async () => {
    const { body } = await by.amend({ addresses: ['DR.Lee@direct.clinic.example', LAB] });
    expect(body.version).toBe(1);
  });
});

describe('an address of the data holder', () => {
  test('transmit-request/own-address: is not added', async () => {
    const { body } = await expectRefused(world, 'transmit-request/own-address', () =>
      by.amend({ addresses: [LEE, SENDER.toUpperCase()] }),
    );
    expect(body.errors).toEqual([{ pointer: '/addresses/1', code: 'own' }]);
  });

  test('that became one since may stay, so that what stands beside it can go', async () => {
    const [first] = world.settings.senders;
    world.settings.senders.push({ ...first!, address: LAB as DirectAddress });
    expect((await by.amend({ addresses: [LAB] })).status).toBe(200);
  });
});

describe('a call that ended half way', () => {
  test.each(['before the change', 'after it'])(
    '%s: who looks, and asks again, has it with its copy',
    async (when) => {
      const { amendments } = world.ports;
      const dying: typeof amendments = {
        amend: async (...given) => {
          if (when === 'after it') await amendments.amend(...given);
          throw new Error('killed');
        },
      };
      Object.assign(world.ports, { amendments: dying });
      const wish = { addresses: [LEE, LAB, KIM] };
      expect((await by.amend(wish)).status).toBe(500);
      Object.assign(world.ports, { amendments });

      const ifMatch = String((await by.read()).headers['etag']);
      expect((await by.amend(wish, { ifMatch })).body).toMatchObject({ version: 2 });
      expect((await by.triggerOf(2))?.addresses).toHaveLength(1);
      expect(await by.triggerOf(3)).toBeUndefined();
    },
  );
});
