import { beforeEach, describe, expect, test } from '@jest/globals';
import { triggerIdOf } from '../../../shared/ids.ts';
import { ANA, BEN, type HttpWorld, httpWorld, PROVIDER, SENDER } from '../http-world.ts';
import { expectRefused } from '../refused.ts';
import { ACCEPTED, consent, consented, key, register, SHARE, share } from '../steps.ts';

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

describe('a transmit request', () => {
  test('is kept, answers what was asked, and is a reason to send at once', async () => {
    const json = {
      ...SHARE,
      addresses: [ADDRESS, 'lab@direct.other.example'],
      until: '2027-01-01T00:00:00+01:00',
      signatureName: 'Ana Lucía Rivera',
      clientReference: 'portal-77',
    };
    const answered = await share(world, { json });
    expect(answered).toMatchObject({
      status: 201,
      headers: {
        etag: '"1"',
        location: `${REQUESTS}/${answered.body.id}`,
      },
      body: {
        status: 'active',
        frequency: 'on-update',
        sender: SENDER,
        until: '2026-12-31T23:00:00.000Z',
        signatureName: 'Ana Lucía Rivera',
        clientReference: 'portal-77',
        createdBy: 'patient',
      },
    });
    expect(answered.body.addresses).toEqual([
      { address: ADDRESS, status: 'active' },
      { address: 'lab@direct.other.example', status: 'active' },
    ]);
    expect(await triggerOf(answered.body.id)).toMatchObject({
      ok: true,
      value: { kind: 'requested', requestId: answered.body.id, patientId: 'ana' },
    });
    const { reachability: _, ...view } = answered.body;
    const { directives, ...listed } = view;
    expect(directives).toMatchObject([{ addresses: json.addresses, sendNow: true }]);
    expect(await kept()).toEqual([listed]);
    const read = await world.ask(`GET ${REQUESTS}/${answered.body.id}`, { as: ANA });
    expect(read).toMatchObject({ status: 200, body: view, headers: { etag: '"1"' } });
  });

  test('that waits for updates only is no reason to send now', async () => {
    const answered = await share(world, { json: { ...SHARE, sendNow: false } });
    expect(answered.status).toBe(201);
    expect((await triggerOf(answered.body.id)).ok).toBe(false);
  });

  test('of a provider rests on the consent that the patient gave', async () => {
    const onBehalf = { method: 'written', identityCheck: 'known' };
    const answered = await share(world, { as: PROVIDER, json: { ...SHARE, onBehalf } });
    expect(answered).toMatchObject({
      status: 201,
      body: { createdBy: 'provider', directives: [{ onBehalf }] },
    });
  });

  test('may rest on a named consent', async () => {
    const { body } = await consent(world);
    const answered = await share(world, { json: { ...SHARE, consentId: body.id } });
    expect(answered).toMatchObject({ status: 201, body: { consentId: body.id } });
  });

  test('says of each address whether it can be reached', async () => {
    world.directory.break('slow.clinic.example', 'discover/unreachable');
    world.directory.break('x.slow.clinic.example', 'discover/unreachable');
    const addresses = [ADDRESS, 'x@slow.clinic.example'];
    const { body } = await share(world, { json: { ...SHARE, addresses } });
    expect(body.reachability).toMatchObject([
      { address: ADDRESS, reachability: 'not-reachable', code: 'discover/no-certificate' },
      { reachability: 'cannot-tell-now', code: 'discover/unreachable' },
    ]);
  });
});

test('an address to which a HISP takes copies on is unknown, and nobody is asked', async () => {
  const routes = { 'direct.clinic.example': 'hisp+xdr://hisp.example/xdr' };
  world = await httpWorld({ relay: { routes } });
  await consented(world);
  const { body } = await share(world);
  expect(body.reachability).toMatchObject([{ address: ADDRESS, reachability: 'unknown' }]);
  expect(world.directory.asked).toEqual([]);
});

describe('the same key again', () => {
  test('answers the same request and says that it is a repeat', async () => {
    const first = await share(world);
    world.at('2026-11-22T12:05:00Z');
    const before = world.writes();
    const again = await share(world);
    expect(again).toMatchObject({
      status: 201,
      body: { id: first.body.id, createdAt: first.body.createdAt },
      headers: { 'idempotency-replayed': 'true' },
    });
    expect(first.headers).not.toHaveProperty('idempotency-replayed');
    expect(world.writes()).toBe(before);
  });

  test('in quotes is the same key', async () => {
    const first = await share(world);
    const again = await share(world, { headers: key('"share-1"') });
    expect(again.body.id).toBe(first.body.id);
  });

  test('mends a call that ended before the reason to send was kept', async () => {
    const { triggers } = world.ports;
    const lost = { ...triggers, add: () => Promise.reject(new Error('lost the table')) };
    Object.assign(world.ports, { triggers: lost });
    expect(await share(world)).toMatchObject({ status: 500, body: { code: 'edge/failed' } });
    Object.assign(world.ports, { triggers });
    const [request] = await kept();
    expect((await triggerOf(request.id)).ok).toBe(false);

    expect((await share(world)).body.id).toBe(request.id);
    expect((await triggerOf(request.id)).ok).toBe(true);
  });

  test('answers the request also when the consent text has changed since, or its end has passed', async () => {
    const json = { ...SHARE, until: '2026-11-23T00:00:00Z' };
    const first = await share(world, { json });
    await consent(world, { headers: key('no'), json: { ...ACCEPTED, decision: 'rejected' } });
    world.at('2026-11-24T00:00:00Z');
    expect(await share(world, { json })).toMatchObject({
      status: 201,
      body: { id: first.body.id },
    });
  });

  test.each([
    ['another address', { addresses: ['other@direct.clinic.example'] }],
    ['another frequency', { frequency: 'once' }],
    ['another schedule', { ...DAILY }],
    ['another filter', { triggers: ['discharge'] }],
    ['another end', { until: '2027-01-01T00:00:00Z' }],
    ['another reference', { clientReference: 'other' }],
    ['another moment', { sendNow: false }],
    ['another signature', { signatureName: 'Somebody' }],
    ['another sender', { sender: 'lab@direct.greenstreet.example' }],
  ])('edge/key-reused: %s', async (_, change) => {
    await share(world);
    await expectRefused(world, 'edge/key-reused', () =>
      share(world, { json: { ...SHARE, ...change } }),
    );
  });

  test.each([
    ['another address', { addresses: ['other@direct.clinic.example'] }],
    ['another reference', { clientReference: 'other' }],
  ])('edge/key-reused: %s at the same moment, one of the two', async (_, change) => {
    const both = await Promise.all([share(world), share(world, { json: { ...SHARE, ...change } })]);
    expect(new Set(both.map(({ status }) => status))).toEqual(new Set([201, 422]));
    expect(both.map(({ body }) => body.code)).toContain('edge/key-reused');
  });

  test('of somebody else is another key', async () => {
    const first = await share(world);
    const other = await share(world, { as: PROVIDER });
    expect(other.body.id).not.toBe(first.body.id);
  });
});

describe('consent', () => {
  test('consent/not-accepted: never asked', async () => {
    await register(world, 'ben', { identifiers: [{ system: '2.1', value: '2' }] });
    await expectRefused(world, 'consent/not-accepted', () =>
      world.ask('POST /v1/patients/ben/transmit-requests', {
        as: BEN,
        json: SHARE,
        headers: key('k'),
      }),
    );
  });

  test.each([
    ['later', '2026-11-22T13:00:00Z'],
    ['in the same millisecond', '2026-11-22T12:00:00Z'],
  ])('consent/not-accepted: rejected %s', async (_, time) => {
    const { body } = await consent(world);
    world.at(time);
    await consent(world, { headers: key('no'), json: { ...ACCEPTED, decision: 'rejected' } });
    await expectRefused(world, 'consent/not-accepted', () => share(world));
    await expectRefused(world, 'consent/not-accepted', () =>
      share(world, { json: { ...SHARE, consentId: body.id } }),
    );
  });

  test('accepted again after a rejection is accepted', async () => {
    world.at('2026-11-22T13:00:00Z');
    await consent(world, { headers: key('no'), json: { ...ACCEPTED, decision: 'rejected' } });
    world.at('2026-11-22T14:00:00Z');
    await consent(world, { headers: key('yes') });
    expect((await share(world)).status).toBe(201);
  });

  test('consent/renew: a newer text has been published since', async () => {
    const newer = { language: 'en', version: '2026-11-01', text: 'You ask us, once more.' };
    world.settings.consentTexts.push(newer);
    await expectRefused(world, 'consent/renew', () => share(world));
  });
});
