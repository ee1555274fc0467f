import { beforeEach, describe, expect, test } from '@jest/globals';
import { ANA } from './lambdas/http-world.ts';
import { share } from './lambdas/steps.ts';
import {
  discharge,
  kinds,
  readyToShare,
  report,
  revoke,
  transmission,
} from './support/one-record.ts';
import { RECIPIENT, type WholePath } from './support/whole-path.ts';

let path: WholePath;

beforeEach(async () => {
  path = await readyToShare();
});

describe('the end date of a request', () => {
  test('transmit-request/expired: a copy that waited too long does not leave', async () => {
    await path.ask('POST /v1/patients/ana/transmit-requests/revoke-all', { as: ANA });
    await share(path, {
      json: { addresses: [RECIPIENT], frequency: 'once', until: '2026-11-22T12:00:30Z' },
      headers: { 'idempotency-key': 'short' },
    });
    path.relay.behave('defers');
    await path.settle();
    path.relay.behave('takes');
    await path.sweepAt('2026-11-22T12:01:00Z');
    expect(path.relay.taken).toHaveLength(0);
    expect(await transmission(path)).toMatchObject({
      status: 'stopped',
      code: 'transmit-request/expired',
    });
  });
});

describe('revocation', () => {
  test('transmit-request/revoked: between the event and the send, nothing leaves', async () => {
    await report(path);
    path.queues.send.length = 0;
    const held = path.workers.send;
    path.workers.send = async () => ({ batchItemFailures: [] });
    await path.settle();
    path.workers.send = held;
    const { body } = await revoke(path);
    expect(body.inFlight).toEqual([]);
    path.queues.send.push((await transmission(path)).id);
    await path.settle();
    expect(path.relay.taken).toHaveLength(0);
    expect(await transmission(path)).toMatchObject({
      status: 'stopped',
      code: 'transmit-request/revoked',
    });
  });

  test('transmit-request/revoked: while the message is being made, nothing leaves', async () => {
    const kept = { ...path.messages };
    path.messages.put = async (key, bytes) => {
      expect((await revoke(path)).body.inFlight).toEqual([]);
      await kept.put(key, bytes);
    };
    await discharge(path);
    expect(path.relay.taken).toHaveLength(0);
    const view = await transmission(path);
    expect(view).toMatchObject({ status: 'stopped', code: 'transmit-request/revoked' });
    expect(kinds(view)).toEqual(['requested', 'ended']);
  });

  test('ends what would come: a later event opens nothing', async () => {
    await revoke(path);
    const { body } = await report(path);
    expect(body.results[0]).toMatchObject({ result: 'accepted', requests: 0 });
    await path.settle();
    expect(path.relay.taken).toHaveLength(0);
  });
});
