import { beforeEach, describe, expect, test } from '@jest/globals';
import { addressKeyOf, type TransmissionId } from '../../../shared/ids.ts';
import { done } from '../../../shared/outcome.ts';
import { ANA } from '../http-world.ts';
import { kinds, readyToShare, report, revoke } from '../../support/one-record.ts';
import type { Differing } from '../http-world.ts';
import type { WholePath } from '../../support/whole-path.ts';

let path: WholePath;

interface View {
  readonly id: string;
  readonly status: string;
  readonly code?: string;
}

async function begin(differing: Differing): Promise<void> {
  path = await readyToShare(differing);
}

/** So many discharges one after the other: each is a copy. */
async function copies(count: number, from = 0): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    await report(path, `event-${from + n}`);
    await path.settle();
  }
}

/** The newest first. */
const list = async (): Promise<readonly View[]> => {
  const { body } = await path.ask('GET /v1/patients/ana/transmissions', { as: ANA });
  return body.transmissions;
};
const statuses = async () => (await list()).map(({ status }) => status).sort();
const oneOf = async (status: string) => (await list()).find((each) => each.status === status)!;
const show = async ({ id }: View) =>
  (await path.ask(`GET /v1/transmissions/${id}`, { as: ANA })).body;

describe('a relay that keeps failing', () => {
  beforeEach(async () => {
    await begin({ relay: { circuitOpensAfterFailures: 2, circuitOpenSeconds: 120 } });
    path.relay.behave('is-unreachable');
    await copies(2);
  });

  test('deliver/circuit-open: is left alone; the next copy is not even claimed, and leaves no fact', async () => {
    expect(path.metrics.of('CircuitOpened')).toEqual([1]);
    path.relay.behave('takes');
    const kept = path.messages.keys().length;
    await copies(1, 2);
    expect([path.relay.taken.length, path.messages.keys().length]).toEqual([0, kept]);
    const waiting = (await list()).map(show);
    const lengths = (await Promise.all(waiting)).map((each) => kinds(each).length);
    expect(lengths.sort((one, other) => one - other)).toEqual([1, 3, 3]);
    expect(path.queues.send).toEqual([]);
  });

  test('is tried by one when its time is over, and then all go', async () => {
    await copies(3, 2);
    path.relay.behave('takes');
    await path.sweepAt('2026-11-22T12:01:59Z');
    expect(path.relay.taken).toEqual([]);
    await path.sweepAt('2026-11-22T12:02:10Z');
    for (const minute of [3, 4, 5, 6, 7]) await path.sweepAt(`2026-11-22T12:0${minute}:30Z`);
    expect(path.relay.taken).toHaveLength(5);
    expect(path.metrics.of('CircuitOpened')).toEqual([1]);
  });

  test('transmit-request/revoked: what waits for it is stopped', async () => {
    await copies(1, 2);
    await revoke(path);
    await path.sweepAt('2026-11-22T12:02:10Z');
    expect(await statuses()).toContain('stopped');
  });

  test('is tried by the next one when the first had nothing to ask', async () => {
    await copies(1, 2);
    const ids = (await list()).map(({ id }) => id);
    path.relay.behave('takes');
    path.at('2026-11-22T12:02:00Z');
    path.queues.send.push(`tx_${'a'.repeat(26)}`, ids[0] ?? '');
    await path.settle();
    expect(path.relay.taken).toHaveLength(1);
  });

  test('does not matter to a ring for which there is nothing to do', async () => {
    const before = path.metrics.of('DuplicateDoorbell').length;
    const waiting = await oneOf('waiting');
    path.queues.send.push(waiting.id);
    await path.settle();
    expect(path.metrics.of('DuplicateDoorbell')).toHaveLength(before + 1);
  });
});

test('deliver/circuit-open: a copy that would have to wait for it longer than it has time ends so', async () => {
  await begin({
    relay: { circuitOpensAfterFailures: 2, circuitOpenSeconds: 120 },
    deadlines: { retryForSeconds: 100 },
  });
  path.relay.behave('is-unreachable');
  await copies(3);
  expect(await statuses()).toEqual(['failed', 'waiting', 'waiting']);
  expect(await oneOf('failed')).toMatchObject({ code: 'deliver/circuit-open' });
  for (const minute of [1, 2, 3, 4, 5]) await path.sweepAt(`2026-11-22T12:0${minute}:30Z`);
  // The others were due again while nobody might ask.
  const codes = (await list()).map(({ code }) => code);
  expect(codes).toEqual(Array.from({ length: 3 }, () => 'deliver/circuit-open'));
});

describe('a relay that takes one copy in ten seconds', () => {
  test('deliver/rate-limited: is given the others later, one after the other, without a fact for the wait', async () => {
    await begin({ relay: { copiesPerSecond: 0.1 } });
    path.at('2026-11-22T12:00:01Z');
    await copies(4);
    expect(path.relay.taken).toHaveLength(1);
    const waiting = await show(await oneOf('waiting'));
    expect(kinds(waiting)).toEqual(['requested']);

    for (let second = 60; second <= 240; second += 10) {
      const before = path.relay.taken.length;
      await path.sweepAt(new Date(Date.UTC(2026, 10, 22, 12, 0, second)).toISOString());
      expect(path.relay.taken.length - before).toBeLessThanOrEqual(1);
    }
    expect(path.relay.taken).toHaveLength(4);
    expect(await statuses()).toEqual(['sent', 'sent', 'sent', 'sent']);
  });

  test('deliver/rate-limited: a copy that had no turn in all its time ends so', async () => {
    await begin({ relay: { copiesPerSecond: 0.1 }, deadlines: { retryForSeconds: 4 } });
    path.at('2026-11-22T12:00:01Z');
    await copies(2);
    expect(await statuses()).toEqual(['failed', 'sent']);
    expect(await oneOf('failed')).toMatchObject({ code: 'deliver/rate-limited' });
  });
});

describe('what a worker meets', () => {
  beforeEach(() => begin({}));

  test.each([
    ['deliver/deferred', 'defers'],
    ['deliver/unreachable', 'is-unreachable'],
    ['deliver/not-authorized', 'rejects-credentials'],
  ] as const)(
    '%s: what passes is on record with the time of the next try, and acknowledged',
    async (code, behaviour) => {
      path.relay.behave(behaviour);
      await copies(1);
      const view = await show(await oneOf('waiting'));
      expect(view.timeline.at(-1)).toMatchObject({
        kind: 'deferred',
        code,
        nextAttemptAt: '2026-11-22T12:01:00.000Z',
      });
      expect(path.queues.send).toEqual([]);
    },
  );

  test('transmit-request/paused: a copy that waits while its address is paused is stopped', async () => {
    path.relay.behave('defers');
    await copies(1);
    const { id } = await oneOf('waiting');
    const { ledger, requests, now } = path.ports;
    const read = await ledger.read(id as TransmissionId);
    if (!read.ok) throw new Error(read.failure.code);
    const { patientKey, requestId, address } = read.value.transmission;
    await requests.change(patientKey, requestId, now(), (request) => {
      const key = addressKeyOf(address);
      const paused = { ...request.addresses[key]!, status: 'paused' as const };
      return done({ ...request, addresses: { ...request.addresses, [key]: paused } });
    });
    path.relay.behave('takes');
    await path.sweepAt('2026-11-22T12:01:00Z');
    expect(path.relay.taken).toEqual([]);
    expect(await oneOf('stopped')).toMatchObject({ id, code: 'transmit-request/paused' });
  });

  test('what nobody expected goes back to the queue', async () => {
    path.messages.put = async () => {
      throw new Error('The bucket is gone');
    };
    await copies(1);
    expect(path.queues.send).toHaveLength(1);
    expect(await statuses()).toEqual(['waiting']);
  });

  test('transmission/unknown: a ring for nothing that there is, is no duplicate', async () => {
    path.queues.send.push('a word', `tx_${'a'.repeat(26)}`);
    await path.settle();
    expect(path.queues.send).toEqual([]);
    expect(path.metrics.of('DuplicateDoorbell')).toEqual([]);
  });
});
