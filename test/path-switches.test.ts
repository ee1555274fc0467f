import { beforeEach, describe, expect, test } from '@jest/globals';
import { switchStore } from '../shared/adapters/dynamo/switches.ts';
import { ANA, SYSTEM } from './lambdas/http-world.ts';
import { share } from './lambdas/steps.ts';
import {
  discharge,
  kinds,
  readyToShare,
  report,
  revoke,
  transmission,
  upload,
} from './support/one-record.ts';
import type { WholePath } from './support/whole-path.ts';

const NOON = '2026-11-22T12:00:00.000Z';
const BY = { at: NOON, by: 'kim' };
const STOP = { ...BY, reason: 'incident-4711' };

let path: WholePath;

beforeEach(async () => {
  path = await readyToShare();
  // What is remembered of before has to be forgotten.
  path.at('2026-11-22T12:00:10Z');
});

const stop = (name: 'sending' | 'intake') => switchStore(path.table).stop(name, STOP);
const go = (name: 'sending' | 'intake') => switchStore(path.table).go(name, BY);

describe('while sending is stopped', () => {
  test('deliver/stopped: nothing is handed over, however often it is tried, and afterwards it is', async () => {
    await stop('sending');
    await discharge(path);
    for (const minute of ['05', '20', '40']) await path.sweepAt(`2026-11-22T12:${minute}:00Z`);
    expect(path.relay.taken).toHaveLength(0);
    expect(await transmission(path)).toMatchObject({ status: 'waiting' });
    expect(kinds(await transmission(path))).toEqual(['requested', 'halted']);

    await go('sending');
    await path.sweepAt('2026-11-22T12:45:00Z');
    expect(path.relay.taken).toHaveLength(1);
    expect(kinds(await transmission(path))).toEqual([
      'requested',
      'halted',
      'continued',
      'intent',
      'accepted',
    ]);
  });

  test('no copy runs out of time, though it lasts for days', async () => {
    await stop('sending');
    await discharge(path);
    for (const day of [23, 24, 25, 26]) await path.sweepAt(`2026-11-${day}T12:00:00Z`);
    await go('sending');
    path.relay.behave('defers');
    await path.sweepAt('2026-11-27T12:00:00Z');
    expect(kinds(await transmission(path))).toEqual([
      'requested',
      'halted',
      'continued',
      'intent',
      'deferred',
    ]);
    path.relay.behave('takes');
    await path.sweepAt('2026-11-27T13:00:00Z');
    expect(path.relay.taken).toHaveLength(1);
  });

  test('a relay that fails when sending goes on again ends no copy either', async () => {
    await stop('sending');
    await discharge(path);
    await go('sending');
    await path.ports.circuit.replace({
      ...(await path.ports.circuit.read()),
      failures: 9,
      openUntil: '2026-11-26T12:10:00.000Z',
    });
    await path.sweepAt('2026-11-26T12:00:00Z');
    expect(await transmission(path)).toMatchObject({ status: 'waiting' });
    await path.sweepAt('2026-11-26T12:30:00Z');
    expect(path.relay.taken).toHaveLength(1);
  });

  test('each stop is said of a copy once', async () => {
    await stop('sending');
    await discharge(path);
    await go('sending');
    await switchStore(path.table).stop('sending', { ...STOP, at: '2026-11-22T12:05:00.000Z' });
    await path.sweepAt('2026-11-22T12:20:00Z');
    await path.sweepAt('2026-11-22T12:40:00Z');
    expect(kinds(await transmission(path))).toEqual(['requested', 'halted', 'halted']);
    await go('sending');
    await path.sweepAt('2026-11-22T13:00:00Z');
    expect(kinds(await transmission(path)).slice(3)).toEqual(['continued', 'intent', 'accepted']);
  });

  test('what was in hand when it was stopped stays here', async () => {
    const kept = { ...path.messages };
    path.messages.put = async (key, bytes) => {
      await stop('sending');
      path.at('2026-11-22T12:00:20Z');
      await kept.put(key, bytes);
    };
    await discharge(path);
    Object.assign(path.messages, kept);
    expect(path.relay.taken).toHaveLength(0);
    expect(kinds(await transmission(path))).toEqual(['requested', 'halted']);
    await go('sending');
    await path.sweepAt('2026-11-22T12:10:00Z');
    expect(path.relay.taken).toHaveLength(1);
  });

  test('transmit-request/revoked: a copy that waits is stopped for good', async () => {
    await stop('sending');
    await discharge(path);
    expect(await revoke(path)).toMatchObject({ status: 200 });
    await path.sweepAt('2026-11-22T12:20:00Z');
    expect(await transmission(path)).toMatchObject({
      status: 'stopped',
      code: 'transmit-request/revoked',
    });
  });
});

describe('while intake is stopped', () => {
  beforeEach(async () => {
    await stop('intake');
  });

  const REFUSED = { status: 503, body: { code: 'edge/intake-stopped' } };

  test('edge/intake-stopped: nothing new is taken in, and the answer says when to ask again', async () => {
    const refused = await report(path);
    expect(refused).toMatchObject({ ...REFUSED, headers: { 'retry-after': '60' } });
    expect(await upload(path)).toMatchObject(REFUSED);
    const announced = { patientId: 'ana', documentId: 'x', type: 'text/xml', sizeBytes: 9 };
    const json = { ...announced, sha256: '0'.repeat(64) };
    expect(await path.ask('POST /v1/records/uploads', { as: SYSTEM, json })).toMatchObject(REFUSED);
    const headers = { 'idempotency-key': 'another' };
    expect(await share(path, { headers })).toMatchObject(REFUSED);
    const { body } = await path.ask('GET /v1/patients/ana/transmit-requests', { as: ANA });
    const one = `POST /v1/patients/ana/transmit-requests/${body.transmitRequests[0].id}/send`;
    expect(await path.ask(one, { as: ANA, headers })).toMatchObject(REFUSED);
    await path.settle();
    expect(path.relay.taken).toHaveLength(0);
  });

  test('reading and revoking go on, and so does what was taken in before', async () => {
    await go('intake');
    path.at('2026-11-22T12:00:20Z');
    await report(path);
    await stop('intake');
    path.at('2026-11-22T12:00:30Z');
    await path.settle();
    await path.answer(['processed', 'dispatched']);
    expect(await transmission(path)).toMatchObject({ status: 'delivered' });
    expect(await path.ask('GET /v1/patients/ana/record', { as: SYSTEM })).toMatchObject({
      status: 200,
    });
    expect(await revoke(path)).toMatchObject({ status: 200 });
  });

  test('a repeat is taken in once it goes on', async () => {
    await go('intake');
    path.at('2026-11-22T12:00:20Z');
    expect(await report(path)).toMatchObject({ body: { results: [{ result: 'accepted' }] } });
  });
});
