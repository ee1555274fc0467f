import { beforeEach, describe, expect, test } from '@jest/globals';
import { makeHandler } from '../lambdas/purge/handler.ts';
import { holdStore } from '../shared/adapters/dynamo/holds.ts';
import { retentionStore } from '../shared/adapters/dynamo/retention.ts';
import { transmitRequestStore } from '../shared/adapters/dynamo/transmit-requests.ts';
import { happeningIn } from '../shared/adapters/dynamo/stream-image.ts';
import type { Deed } from '../shared/deed.ts';
import { type PatientId, patientKeyOf } from '../shared/ids.ts';
import { done } from '../shared/outcome.ts';
import type { ObjectRemover } from '../shared/report/retention/store.ts';
import { ANA } from './lambdas/http-world.ts';
import { memoryRemoval } from './support/memory/bytes.ts';
import { discharge, readyToShare, revoke, transmission, upload } from './support/one-record.ts';
import type { WholePath } from './support/whole-path.ts';

let path: WholePath;
let deeds: Deed[];
let objects: ObjectRemover;

beforeEach(async () => {
  path = await readyToShare();
  deeds = [];
  path.table.onChange(({ newImage, oldImage }) => {
    const happening = newImage && !oldImage ? happeningIn(newImage) : undefined;
    if (happening?.kind === 'deed') deeds.push(happening.deed);
  });
  objects = memoryRemoval({ messages: path.messages, records: path.recordBytes });
});

async function purgeAt(iso: string, remover = objects): Promise<void> {
  path.at(iso);
  const { settings, metrics, now, log } = path.ports;
  const [retention, holds] = [retentionStore(path.table), holdStore(path.table)];
  await makeHandler({ retention, holds, objects: remover, settings, metrics, now, log })({});
}

/** What was removed since this was asked last, by class. */
const removed = (): readonly string[] =>
  deeds
    .splice(0)
    .filter(({ kind }) => kind === 'retention.purged')
    .map((deed) => deed.class ?? '')
    .toSorted();

async function delivered(): Promise<void> {
  await discharge(path);
  await path.answer(['processed', 'dispatched']);
  expect(await transmission(path)).toMatchObject({ status: 'delivered' });
}

const HOLD = {
  patientKey: '' as never,
  at: '2026-11-22T13:00:00.000Z',
  reason: 'case-17',
  by: 'kim',
};

const hold = () => {
  const patientKey = patientKeyOf('ana' as PatientId, path.ports.keying);
  return { ...HOLD, patientKey };
};

describe('messages', () => {
  test('go seven days after the end of their copy, and its facts stay', async () => {
    await delivered();
    await purgeAt('2026-11-29T11:59:59Z');
    expect(path.messages.keys()).toHaveLength(1);
    expect(removed()).toEqual([]);
    await purgeAt('2026-11-29T12:00:01Z');
    expect(path.messages.keys()).toEqual([]);
    expect(await transmission(path)).toMatchObject({ status: 'delivered' });
    expect(removed()).toEqual(['message']);
    await purgeAt('2026-11-29T13:00:00Z');
    expect(removed()).toEqual([]);
  });

  test('of a copy that has not ended stay, however old they are', async () => {
    await discharge(path);
    await purgeAt('2027-03-01T12:00:00Z');
    expect(path.messages.keys()).toHaveLength(1);
  });

  test('whoever dies after the bytes are gone leaves something to tell, and the next run tells it once', async () => {
    await delivered();
    const dying: ObjectRemover = {
      async remove(each) {
        await objects.remove(each);
        throw new Error('The function was stopped');
      },
    };
    await purgeAt('2026-12-01T12:00:00Z', dying);
    expect(path.messages.keys()).toEqual([]);
    expect(removed()).toEqual([]);
    expect(path.metrics.of('PurgeFailed')).toEqual([1]);
    await purgeAt('2026-12-03T12:00:00Z');
    expect(removed()).toEqual(['message']);
  });

  test('what cannot be removed keeps nothing else from going', async () => {
    await delivered();
    await upload(path, Buffer.from(`${String(await recordOf(path))}\n`));
    const stuck: ObjectRemover = {
      remove: (each) =>
        each.bucket === 'messages' ? Promise.reject(new Error('S3')) : objects.remove(each),
    };
    await purgeAt('2027-01-15T12:00:00Z', stuck);
    expect(removed()).toEqual(['record']);
    expect(path.messages.keys()).not.toEqual([]);
  });
});

const recordOf = ({ recordBytes }: WholePath): Promise<Buffer> =>
  recordBytes.get(recordBytes.keys()[0] ?? '').then((bytes) => Buffer.from(bytes));

describe('documents', () => {
  test('that were superseded go after thirty days, and those of the record stay', async () => {
    const first = await recordOf(path);
    await upload(path, Buffer.concat([first, Buffer.from('\n')]));
    expect(path.recordBytes.keys()).toHaveLength(2);
    await purgeAt('2026-12-22T11:59:59Z');
    expect(path.recordBytes.keys()).toHaveLength(2);
    await purgeAt('2026-12-22T12:00:01Z');
    expect(path.recordBytes.keys()).toHaveLength(1);
    expect(await recordOf(path)).not.toEqual(first);
    expect(removed()).toEqual(['record']);
  });

  test('the same bytes that come again are kept once more, and stay while they are the record', async () => {
    const first = await recordOf(path);
    await upload(path, Buffer.concat([first, Buffer.from('\n')]));
    path.at('2026-11-22T12:00:01Z');
    await upload(path, first);
    await purgeAt('2027-01-22T12:00:00Z');
    expect(path.recordBytes.keys()).toHaveLength(1);
    expect(await recordOf(path)).toEqual(first);
    expect(removed()).toEqual(['record', 'record']);
  });
});

describe('under a legal hold', () => {
  test('nothing of the patient goes; after its release everything does that had its time', async () => {
    await delivered();
    await upload(path, Buffer.concat([await recordOf(path), Buffer.from('\n')]));
    await revoke(path);
    await holdStore(path.table).place(hold());
    const before = [path.messages.keys(), path.recordBytes.keys()];
    deeds = [];
    for (const year of [2027, 2033, 2034, 2040]) await purgeAt(`${year}-06-01T12:00:00Z`);
    expect([path.messages.keys(), path.recordBytes.keys()]).toEqual(before);
    expect(await transmission(path)).toMatchObject({ status: 'delivered' });
    // Of nobody: the deed of the placing itself is Ana's too.
    expect(removed()).toEqual([]);

    await holdStore(path.table).release(hold().patientKey, hold());
    for (const day of ['03', '05', '07', '09']) await purgeAt(`2040-06-${day}T12:00:00Z`);
    expect(path.messages.keys()).toEqual([]);
    const gone = removed();
    for (const each of ['message', 'transmission', 'directive', 'consent', 'record', 'trace']) {
      expect(gone).toContain(each);
    }
  });
});

describe('after seven years', () => {
  test('transmission/unknown: of a copy nothing is known any more, and the request follows', async () => {
    await delivered();
    const { id } = await transmission(path);
    await revoke(path);
    await purgeAt('2026-12-01T12:00:00Z');
    await purgeAt('2033-11-22T11:59:00Z');
    expect(await path.ask(`GET /v1/transmissions/${id}`, { as: ANA })).toMatchObject({
      status: 200,
    });
    removed();
    await purgeAt('2033-11-23T12:00:00Z');
    expect(await path.ask(`GET /v1/transmissions/${id}`, { as: ANA })).toMatchObject({
      status: 404,
      body: { code: 'transmission/unknown' },
    });
    await purgeAt('2033-11-25T12:00:00Z');
    const { body } = await path.ask('GET /v1/patients/ana/transmit-requests', { as: ANA });
    expect(body.transmitRequests).toEqual([]);
    const gone = removed();
    for (const each of ['transmission', 'directive']) expect(gone).toContain(each);
  });

  test('a request that is paused stays, however long nobody looks at it', async () => {
    const requests = transmitRequestStore(path.table);
    const [request] = await requests.list(hold().patientKey);
    const paused = { code: 'consent/renew', at: '2026-11-22T12:00:00.000Z' } as const;
    await requests.change(hold().patientKey, request!.id, path.ports.now(), (current) =>
      done({ ...current, status: 'paused', paused }),
    );
    for (const day of ['01', '03', '05']) await purgeAt(`2050-01-${day}T12:00:00Z`);
    expect(await requests.list(hold().patientKey)).toHaveLength(1);
    expect(removed().filter((each) => each !== 'trace')).toEqual([]);
  });

  test('a request that is active stays, with the answer that it stands on', async () => {
    await purgeAt('2050-01-01T12:00:00Z');
    await purgeAt('2050-01-03T12:00:00Z');
    const { body } = await path.ask('GET /v1/patients/ana/transmit-requests', { as: ANA });
    expect(body.transmitRequests).toHaveLength(1);
    expect(removed().filter((each) => each !== 'trace')).toEqual([]);
    const consents = await path.ask('GET /v1/patients/ana/consents', { as: ANA });
    expect(consents.body.consents).toHaveLength(1);
  });
});
