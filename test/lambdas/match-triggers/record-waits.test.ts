import { beforeEach, describe, expect, test } from '@jest/globals';
import type { TriggerId } from '../../../shared/ids.ts';
import { letJoin } from '../../../shared/trigger/let-join.ts';
import { sampleCcda } from '../../support/ccda.ts';
import { readyToShare, transmission, upload } from '../../support/one-record.ts';
import { RECIPIENT, wholePath, type WholePath } from '../../support/whole-path.ts';
import { consented, share, SHARE } from '../steps.ts';
import { change, copies, DAY, milestonesOf, postEvent, windowOf } from './waiting.ts';

let path: WholePath;

beforeEach(async () => {
  path = await readyToShare();
});

/** Another version of the record. */
const changed = (title: string) => upload(path, sampleCcda({ title }));
const ONCE = { ...SHARE, addresses: [RECIPIENT], frequency: 'once' };

/** The discharge is a minute younger than the record. */
const dischargedLater = async (on: WholePath): Promise<void> => {
  on.at(`${DAY}T12:01:00Z`);
  await postEvent(on, { eventId: 'later', type: 'discharge' });
  await on.settle();
};

describe('a patient without a record', () => {
  beforeEach(async () => {
    path = await wholePath();
    await consented(path);
  });

  test.each([
    ['once', { ...ONCE, clientReference: 'visit 7' }, 'every event'],
    [
      'on update, of discharges only',
      { ...SHARE, addresses: [RECIPIENT], sendNow: true, clientReference: 'visit 7' },
      'discharge',
    ],
  ])('record.needed is told, and the copy leaves when it comes: %s', async (_, json, filter) => {
    const told = milestonesOf(path);
    await share(path, { json });
    if (filter === 'discharge') await change(path, { triggers: ['discharge'] });
    await path.settle();
    expect(await copies(path)).toEqual([]);
    expect(told.filter(({ kind }) => kind === 'record.needed')).toMatchObject([
      { code: 'record/none', clientReference: 'visit 7' },
    ]);
    await path.sweepAt(`${DAY}T18:00:00Z`);
    await upload(path);
    await path.settle();
    expect(path.relay.taken).toHaveLength(1);
    expect(await transmission(path)).toMatchObject({ clientReference: 'visit 7' });
    await path.sweepAt(`${DAY}T19:00:00Z`);
    expect(path.relay.taken).toHaveLength(1);
    expect(told.filter(({ kind }) => kind === 'record.needed')).toHaveLength(1);
  });

  test('record/none: nobody brings one for a day', async () => {
    await share(path, { json: ONCE });
    await path.settle();
    await path.sweepAt('2026-11-23T11:59:59Z');
    expect(await copies(path)).toEqual([]);
    await path.sweepAt('2026-11-23T12:00:00Z');
    expect(await copies(path)).toEqual([['failed', 'record/none']]);
    expect(await transmission(path)).toMatchObject({
      sentence: 'There is no health record to send.',
    });
    expect(path.relay.taken).toEqual([]);
    await path.sweepAt('2026-11-24T12:00:00Z');
    expect(await copies(path)).toHaveLength(1);
  });
});

describe('a record that is older than what happened', () => {
  test('is waited for, which is told; what comes then is sent at once', async () => {
    const told = milestonesOf(path);
    await dischargedLater(path);
    expect(await windowOf(path)).toMatchObject({
      waitsForRecord: { why: 'older', until: `${DAY}T13:01:00.000Z` },
    });
    expect(told).toMatchObject([{ kind: 'record.needed', code: 'record/stale' }]);
    await path.sweepAt(`${DAY}T12:30:00Z`);
    await upload(path);
    await path.settle();
    expect(path.relay.taken).toEqual([]);
    await changed('The discharge summary');
    await path.settle();
    expect(path.relay.taken).toHaveLength(1);
    await path.sweepAt(`${DAY}T14:00:00Z`);
    expect(path.relay.taken).toHaveLength(1);
    expect(told).toHaveLength(1);
  });

  test.each(['the wait', 'the drop'])(
    'comes while %s is written down: that is decided anew',
    async (what) => {
      const { windows } = path.ports;
      const keep = windows.change.bind(windows);
      if (what === 'the drop') {
        await dischargedLater(path);
        await change(path, { status: 'paused' });
      }
      windows.change = async (...given) => {
        windows.change = keep;
        await change(path, { status: 'active' });
        await changed('The discharge summary');
        const trigger = path.stream.splice(0).at(-1)?.newImage?.['id']?.S;
        await letJoin(trigger as TriggerId, path.ports);
        return keep(...given);
      };
      if (what === 'the wait') await dischargedLater(path);
      else await path.sweepAt(`${DAY}T13:01:00Z`);
      expect(path.relay.taken).toHaveLength(1);
    },
  );

  test('goes out when nothing newer came in time, and the copy says so', async () => {
    await dischargedLater(path);
    await path.sweepAt(`${DAY}T13:00:59Z`);
    expect(path.relay.taken).toEqual([]);
    await path.sweepAt(`${DAY}T13:01:00Z`);
    expect(path.relay.taken).toHaveLength(1);
    expect((await transmission(path)).timeline[0]).toMatchObject({
      kind: 'requested',
      sentence: 'A copy of the record was asked for. The record is older than what happened.',
    });
  });

  test('record/stale: or the copy ends, by setting', async () => {
    const strict = await readyToShare({ triggers: { staleRecord: 'fail' } });
    await dischargedLater(strict);
    await strict.sweepAt(`${DAY}T13:01:00Z`);
    expect(await copies(strict)).toEqual([['failed', 'record/stale']]);
    expect(strict.relay.taken).toEqual([]);
  });

  test('is new enough when the clock of the EHR is ahead', async () => {
    path.at(`${DAY}T12:00:30Z`);
    await changed('The discharge summary');
    await postEvent(path, { eventId: 'ahead', type: 'discharge', occurredAt: `${DAY}T12:05:00Z` });
    await path.settle();
    expect(path.relay.taken).toHaveLength(1);
  });

  test('is not waited for any more when the event is called off', async () => {
    await changed('A later summary');
    await path.settle();
    await dischargedLater(path);
    await postEvent(path, { eventId: 'off', type: 'discharge', cancels: true });
    await path.settle();
    expect(path.relay.taken).toHaveLength(1);
    expect((await transmission(path)).timeline[0]).not.toHaveProperty('recordOlderThanEvent');
  });
});
