import { beforeEach, describe, expect, test } from '@jest/globals';
import {
  addressKeyOf,
  type DirectAddress,
  type PatientId,
  type RequestId,
} from '../../../shared/ids.ts';
import { done } from '../../../shared/outcome.ts';
import type { TransmitRequest } from '../../../shared/transmit-request/transmit-request.ts';
import { type Asking } from '../http-event.ts';
import { ANA, BEN, type HttpWorld, httpWorld, PROVIDER } from '../http-world.ts';
import { expectRefused } from '../refused.ts';
import { ACCEPTED, consent, consented, key, SHARE, share } from '../steps.ts';

const REQUESTS = '/v1/patients/ana/transmit-requests';
const LEE = 'dr.lee@direct.clinic.example' as DirectAddress;
const LAB = 'lab@direct.other.example' as DirectAddress;

let world: HttpWorld;
let id: RequestId;

beforeEach(async () => {
  world = await httpWorld();
  await consented(world);
  const { body } = await share(world, {
    json: { ...SHARE, addresses: [LEE, LAB], sendNow: false },
  });
  id = body.id;
});

const send = (json?: object, asking: Asking & { id?: string } = {}) => {
  const { id: requestId = id, ...rest } = asking;
  return world.ask(`POST ${REQUESTS}/${requestId}/send`, {
    as: ANA,
    headers: key('send-1'),
    ...(json && { json }),
    ...rest,
  });
};

const change = (decide: (current: TransmitRequest) => TransmitRequest) => {
  const patient = world.ports.keyOf('ana' as PatientId);
  return world.ports.requests.change(patient, id, new Date(), (each) => done(decide(each)));
};
const now = (status: 'paused' | 'revoked', ...addresses: readonly DirectAddress[]) =>
  change((current) => {
    const changed = addresses.map((address) => [addressKeyOf(address), { address, status }]);
    return { ...current, addresses: { ...current.addresses, ...Object.fromEntries(changed) } };
  });

const triggerOf = async (triggerId: string) => {
  const found = await world.ports.triggers.get(triggerId as never);
  return found.ok ? found.value : undefined;
};

describe('one more copy', () => {
  test('goes to all that are active, and is a reason to send', async () => {
    await now('paused', LAB);
    const sent = await send();
    expect(sent).toMatchObject({
      status: 202,
      headers: { etag: '"2"' },
      body: { id, sendsTo: [LEE], triggerId: expect.stringMatching(/^trg_/) },
    });
    const trigger = await triggerOf(sent.body.triggerId);
    expect(trigger).toMatchObject({ kind: 'requested', requestId: id });
    expect(trigger).not.toHaveProperty('addresses');
  });

  test('goes to those that are named', async () => {
    const sent = await send({ addresses: ['LAB@direct.other.example'] });
    expect(sent.body.sendsTo).toEqual([LAB]);
    const trigger = await triggerOf(sent.body.triggerId);
    expect(trigger?.addresses).toEqual([addressKeyOf(LAB)]);
  });

  test('stands on the consent of the request, whatever the text is now and whatever was said since', async () => {
    world.settings.consentTexts.push({ language: 'en', version: '2026-11-01', text: 'Anew.' });
    await consent(world, { headers: key('no'), json: { ...ACCEPTED, decision: 'rejected' } });
    expect((await send()).status).toBe(202);
  });

  test('with the same key is the same copy, also when the request was stopped since', async () => {
    const first = await send({ addresses: [LEE] });
    await world.ask(`POST ${REQUESTS}/${id}/revoke`, { as: ANA });
    const before = world.writes();
    const again = await send({ addresses: [LEE] });
    expect(again).toMatchObject({
      status: 202,
      headers: { 'idempotency-replayed': 'true' },
      body: { triggerId: first.body.triggerId, status: 'revoked' },
    });
    expect(first.headers).not.toHaveProperty('idempotency-replayed');
    expect(world.writes()).toBe(before);
  });

  test('edge/key-reused: with the same key, to somebody else', async () => {
    await send({ addresses: [LEE] });
    await expectRefused(world, 'edge/key-reused', () => send({ addresses: [LAB] }));
    await expectRefused(world, 'edge/key-reused', () => send());
  });

  test('with the key of somebody else is another one', async () => {
    const [one, other] = [await send(), await send(undefined, { as: PROVIDER })];
    expect(other.body.triggerId).not.toBe(one.body.triggerId);
  });
});

describe('there is none', () => {
  test('edge/key-missing', async () => {
    await expectRefused(world, 'edge/key-missing', () => send(undefined, { headers: {} }));
  });

  test('transmit-request/revoked: of what was stopped, and to whom it was', async () => {
    await now('revoked', LAB);
    await expectRefused(world, 'transmit-request/revoked', () => send({ addresses: [LAB] }));
    await world.ask(`POST ${REQUESTS}/${id}/revoke`, { as: ANA });
    await expectRefused(world, 'transmit-request/revoked', () => send());
  });

  test('transmit-request/paused: of what is paused, and to whom it is', async () => {
    await now('paused', LAB);
    await expectRefused(world, 'transmit-request/paused', () => send({ addresses: [LEE, LAB] }));
    await now('paused', LEE, LAB);
    await expectRefused(world, 'transmit-request/paused', () => send());
    const paused = {
      code: 'transmit-request/review-overdue',
      at: '2026-11-22T12:00:00.000Z',
    } as const;
    await change((current) => ({ ...current, status: 'paused', paused }));
    await expectRefused(world, 'transmit-request/paused', () => send({ addresses: [LEE] }));
  });

  test('transmit-request/expired', async () => {
    await change((current) => ({ ...current, until: '2026-11-22T13:00:00.000Z' }));
    world.at('2026-11-22T13:00:01Z');
    await expectRefused(world, 'transmit-request/expired', () => send());
  });

  test('transmit-request/one-copy: of what asked for one, sent or not', async () => {
    const json = { ...SHARE, frequency: 'once' };
    const once = (await share(world, { json, headers: key('once') })).body.id;
    await expectRefused(world, 'transmit-request/one-copy', () => send(undefined, { id: once }));
  });

  test('transmit-request/unknown-address: to whom nobody asked for copies', async () => {
    const answered = await expectRefused(world, 'transmit-request/unknown-address', () =>
      send({ addresses: [LEE, 'other@direct.clinic.example'] }),
    );
    expect(answered.body.errors).toEqual([{ pointer: '/addresses/1', code: 'unknown' }]);
  });

  test.each([
    ['discover/bad-address', { addresses: ['lee'] }],
    ['edge/malformed', { addresses: [] }],
    ['edge/malformed', { addresses: [LEE, LEE.toUpperCase()] }],
    ['edge/malformed', { adresses: [LEE] }],
    ['transmit-request/too-many-addresses', { addresses: Array.from({ length: 11 }, () => LEE) }],
  ] as const)('%s: %j', async (code, json) => {
    await expectRefused(world, code, () => send(json));
  });

  test('transmit-request/unknown, edge/forbidden', async () => {
    await expectRefused(world, 'transmit-request/unknown', () =>
      send(undefined, { id: `req_${'a'.repeat(26)}` }),
    );
    await expectRefused(world, 'edge/forbidden', () => send(undefined, { as: BEN }));
  });
});
