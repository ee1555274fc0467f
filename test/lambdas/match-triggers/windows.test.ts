import { beforeEach, describe, expect, test } from '@jest/globals';
import { sampleCcda } from '../../support/ccda.ts';
import { discharge, readyToShare, report, revoke, upload } from '../../support/one-record.ts';
import { RECIPIENT, type WholePath } from '../../support/whole-path.ts';
import { key, share, SHARE } from '../steps.ts';
import { change, copies, DAY, postEvent, standing, windowOf } from './waiting.ts';

let path: WholePath;

beforeEach(async () => {
  path = await readyToShare();
});

/** Another version of the record. */
const changed = (title: string) => upload(path, sampleCcda({ title }));
const ONCE = { ...SHARE, addresses: [RECIPIENT], frequency: 'once' };

describe('what happens in a burst', () => {
  test('is one copy, when it has been quiet for a while', async () => {
    for (const minute of [0, 3, 6]) {
      path.at(`${DAY}T12:0${minute}:00Z`);
      await changed(`Version ${minute}`);
      await path.settle();
    }
    expect(await windowOf(path)).toMatchObject({ joined: 3, closesAt: `${DAY}T12:11:00.000Z` });
    await path.sweepAt(`${DAY}T12:10:59Z`);
    expect([path.relay.taken, path.metrics.of('WindowClosed')]).toEqual([[], []]);
    await path.sweepAt(`${DAY}T12:11:00Z`);
    expect(path.relay.taken).toHaveLength(1);
    expect(path.metrics.of('WindowClosed')).toEqual([1]);
    expect(path.metrics.of('HandedOverInSeconds')).toEqual([0]);
    expect(await windowOf(path)).toBeUndefined();
  });

  test('waits for nothing more after a discharge', async () => {
    await changed('Another version');
    await path.settle();
    await discharge(path);
    expect(path.relay.taken).toHaveLength(1);
    await path.sweepAt(`${DAY}T12:40:00Z`);
    expect(path.relay.taken).toHaveLength(1);
  });

  test('is sent under each request for itself', async () => {
    const json = { ...SHARE, addresses: ['dr.kim@direct.clinic.example'], sendNow: false };
    await share(path, { json, headers: key('share-2') });
    await discharge(path);
    expect(await copies(path)).toHaveLength(2);
  });
});

describe('a worker that dies', () => {
  test.each(['before the window closes', 'after it closed'])(
    '%s, leaves nothing that the next ring does not mend',
    async (when) => {
      const { ledger } = path.ports;
      const open = ledger.open.bind(ledger);
      ledger.open = async (opening) => {
        if (when === 'after it closed') await open(opening);
        ledger.open = open;
        throw new Error('The worker died');
      };
      await discharge(path);
      expect(path.queues.match).toHaveLength(1);
      await path.settle();
      expect(path.relay.taken).toHaveLength(1);
      path.queues.match.push((await standing(path)).id);
      await path.settle();
      expect(await copies(path)).toHaveLength(1);
    },
  );

  test('after which nobody rings: the window is due', async () => {
    const { ledger } = path.ports;
    const open = ledger.open.bind(ledger);
    ledger.open = async () => {
      ledger.open = open;
      throw new Error('The worker died');
    };
    await discharge(path);
    path.queues.match.length = 0;
    await path.sweepAt(`${DAY}T12:00:01Z`);
    expect(path.relay.taken).toHaveLength(1);
  });
});

describe('somebody is faster', () => {
  test('a trigger that joins while the window is being closed is in it', async () => {
    const { ledger } = path.ports;
    const open = ledger.open.bind(ledger);
    await report(path, 'event-1');
    const { body } = await report(path, 'event-2');
    ledger.open = async (opening) => {
      ledger.open = open;
      await path.workers.match(ring(body.results[0].triggerId) as never);
      return open(opening);
    };
    await path.settle();
    expect(await copies(path)).toHaveLength(1);
    expect(await windowOf(path)).toBeUndefined();
  });

  test('a revocation while the window is being closed opens nothing', async () => {
    const { ledger } = path.ports;
    const open = ledger.open.bind(ledger);
    ledger.open = async (opening) => {
      ledger.open = open;
      await revoke(path);
      return open(opening);
    };
    await discharge(path);
    expect(await copies(path)).toEqual([]);
    expect(await windowOf(path)).toBeUndefined();
  });
});

const ring = (body: string) => ({
  Records: [
    { messageId: 'm', body, eventSource: 'aws:sqs', attributes: {}, messageAttributes: {} },
  ],
});

describe('a window that nobody asks for any more', () => {
  test.each([
    ['revoked', () => revoke(path)],
    ['paused', () => change(path, { status: 'paused' })],
    ['past its end date', () => change(path, { until: `${DAY}T12:04:00.000Z` })],
  ])('opens nothing and is gone: its request is %s', async (_, stop) => {
    await changed('Another version');
    await path.settle();
    expect(await windowOf(path)).toBeDefined();
    await stop();
    await path.sweepAt(`${DAY}T12:05:00Z`);
    expect(await copies(path)).toEqual([]);
    expect(await windowOf(path)).toBeUndefined();
  });
});

test('a request for one copy is served when it is opened, and serves nothing after it', async () => {
  await share(path, { json: ONCE, headers: key('once') });
  expect((await standing(path)).servedAt).toBeUndefined();
  await path.settle();
  expect(await standing(path)).toMatchObject({ servedAt: `${DAY}T12:00:00.000Z`, version: 2 });
});

const happened = (eventId: string, type = 'result-available', more = {}) =>
  postEvent(path, { eventId, type, occurredAt: `${DAY}T11:59:00Z`, ...more });

describe('an event that is called off', () => {
  test('sends nothing', async () => {
    await happened('one');
    await path.settle();
    expect(await windowOf(path)).toBeDefined();
    await happened('off', 'result-available', { cancels: true });
    await path.settle();
    expect(await windowOf(path)).toBeUndefined();
    await path.sweepAt(`${DAY}T13:00:00Z`);
    expect(await copies(path)).toEqual([]);
  });

  test('and another that is not still does', async () => {
    await happened('one');
    await happened('two', 'image-available');
    await happened('off', 'result-available', { cancels: true });
    await path.settle();
    await path.sweepAt(`${DAY}T12:05:00Z`);
    expect(path.relay.taken).toHaveLength(1);
  });

  test('comes too late when the copy was opened', async () => {
    await discharge(path);
    await happened('off', 'discharge', { cancels: true });
    await path.settle();
    expect(await copies(path)).toEqual([['sent']]);
  });
});

test('copies beyond those of a day leave on the next one, UTC, and none is lost', async () => {
  path = await readyToShare({ triggers: { copiesADay: 1 } });
  await discharge(path);
  await share(path, { json: ONCE, headers: key('once') });
  await path.settle();
  expect(path.relay.taken).toHaveLength(1);
  await path.sweepAt(`${DAY}T23:59:59Z`);
  expect(path.relay.taken).toHaveLength(1);
  await path.sweepAt('2026-11-23T00:00:00Z');
  expect(path.relay.taken).toHaveLength(2);
});

test('trigger/unknown, transmit-request/unknown: a ring for nothing that there is is no more than a line of the log', async () => {
  const nobody = 'a'.repeat(26);
  path.queues.match.push(
    'what?',
    `trg_${nobody}`,
    `req_${nobody}`,
    `pat_${'a'.repeat(52)}/req_${nobody}`,
  );
  const before = path.writes();
  await path.settle();
  expect(path.queues.match).toEqual([]);
  expect(path.writes()).toBe(before);
  const codes = path.lines
    .map((line) => JSON.parse(line))
    .filter(({ event }) => event === 'doorbell-ignored')
    .map(({ code }) => code);
  expect(codes).toEqual(['trigger/unknown', 'trigger/unknown', 'transmit-request/unknown']);
});
