import { describe, expect, test } from '@jest/globals';
import { patientStore } from '../../../shared/adapters/dynamo/patients.ts';
import type { Table } from '../../../shared/adapters/dynamo/table.ts';
import { transmitRequestStore } from '../../../shared/adapters/dynamo/transmit-requests.ts';
import type { PatientId, PatientKey } from '../../../shared/ids.ts';
import { done } from '../../../shared/outcome.ts';
import type { Patient } from '../../../shared/patient/patient.ts';
import { mergeRegistrations } from '../../../shared/transmit-request/registration/merge.ts';
import { register } from '../../../shared/transmit-request/registration/register.ts';
import type { TransmitRequest } from '../../../shared/transmit-request/transmit-request.ts';
import { ADA_KEY, BEN_KEY, KEYING, patient, request } from '../../contracts/stores/samples.ts';
import { atSecond } from '../../support/histories.ts';
import { memoryTable } from '../../support/memory/table.ts';

class Died extends Error {}

/** Dies at one write, before it or just after it; then it is another worker's turn. */
function mortal(table: Table, dies: 'before' | 'after', at: number): Table {
  let writes = 0;
  return {
    ...table,
    async write(all) {
      writes += 1;
      if (writes === at && dies === 'before') throw new Died();
      const written = await table.write(all);
      if (writes === at) throw new Died();
      return written;
    },
  };
}

/** Ada with two requests and ben with one. */
async function two() {
  const table = memoryTable();
  const patients = patientStore(table, KEYING);
  await patients.register(patient('ada'));
  await patients.register(patient('ben'));
  const requests = transmitRequestStore(table);
  await requests.create(request('req_1'), 0);
  await requests.create(request('req_2'), 0);
  await requests.create(
    { ...request('req_3'), patientKey: BEN_KEY, patientId: 'ben' as PatientId },
    0,
  );
  const statuses = async (key: PatientKey) =>
    (await requests.list(key)).map(({ status }) => status).join(' ');
  return { table, patients, requests, statuses };
}

const portsOver = (table: Table) => ({
  patients: patientStore(table, KEYING),
  requests: transmitRequestStore(table),
  now: () => atSecond(60),
});

const MERGING = { from: 'ben' as PatientId, into: 'ada' as PatientId };
const DEATHS = [1, 2, 3, 4].flatMap((at) => [['before', at] as const, ['after', at] as const]);

describe('a merge', () => {
  test.each(DEATHS)(
    'that dies %s its write %i is never made before all is paused, and a repeat makes it',
    async (dies, at) => {
      const { table, patients, statuses } = await two();
      const dead = mergeRegistrations(MERGING, portsOver(mortal(table, dies, at)));
      await expect(dead).rejects.toThrow(Died);
      const ben = await patients.get(MERGING.from);
      const isMerged = ben.ok && ben.value.mergedInto !== undefined;
      const all = [await statuses(ADA_KEY), await statuses(BEN_KEY)].join(' ');
      expect(isMerged ? all : 'paused paused paused').toBe('paused paused paused');

      const again = await mergeRegistrations(MERGING, portsOver(table));
      expect(again).toMatchObject({
        ok: true,
        value: { change: isMerged ? 'unchanged' : 'merged' },
      });
      expect(again.ok && again.value.paused.map(({ id }) => id).toSorted()).toEqual([
        'req_1',
        'req_2',
      ]);
      expect(again.ok && again.value.leftBehind.map(({ id }) => id)).toEqual(['req_3']);
    },
  );

  test('pauses what was asked for under the one that is given up while it was made', async () => {
    const { table, patients, requests } = await two();
    const late = { ...request('req_4'), patientKey: BEN_KEY, patientId: 'ben' as PatientId };
    const ports = {
      ...portsOver(table),
      patients: {
        ...patients,
        merge: async (merging: typeof MERGING) => {
          await requests.create(late, 0);
          return patients.merge(merging);
        },
      },
    };
    const merged = await mergeRegistrations(MERGING, ports);
    expect(merged.ok && merged.value.leftBehind.map(({ id }) => id).toSorted()).toEqual([
      'req_3',
      'req_4',
    ]);
  });

  test('leaves alone what was paused for another reason, revoked or served', async () => {
    const { table, requests } = await two();
    const set = (id: string, change: Partial<TransmitRequest>) =>
      requests.change(ADA_KEY, id as never, atSecond(1), (each) => done({ ...each, ...change }));
    const paused = { code: 'transmit-request/review-overdue', at: '' } as const;
    await set('req_1', { status: 'paused', paused });
    await set('req_2', { status: 'revoked' });
    const merged = await mergeRegistrations(MERGING, portsOver(table));
    expect(merged).toMatchObject({ value: { paused: [], leftBehind: [{ id: 'req_3' }] } });
    expect((await requests.list(ADA_KEY)).map((each) => each.paused?.code)).toEqual(
      expect.arrayContaining([paused.code, undefined]),
    );
  });
});

describe('a death', () => {
  const dead: Patient = patient('ada', { death: { at: '2026-11-20' } });

  test.each([1, 2, 3].flatMap((at) => [['before', at] as const, ['after', at] as const]))(
    'whose registration dies %s its write %i is never on record before all is paused',
    async (dies, at) => {
      const { table, patients, statuses } = await two();
      await expect(register(dead, portsOver(mortal(table, dies, at)))).rejects.toThrow(Died);
      const ada = await patients.get('ada' as PatientId);
      const isKnown = ada.ok && ada.value.death !== undefined;
      expect(isKnown ? await statuses(ADA_KEY) : 'paused paused').toBe('paused paused');
      const again = await register(dead, portsOver(table));
      expect(again).toEqual(done(isKnown ? 'unchanged' : 'changed'));
      expect([await statuses(ADA_KEY), await statuses(BEN_KEY)]).toEqual([
        'paused paused',
        'active',
      ]);
    },
  );

  test('of somebody who is registered with it pauses nothing', async () => {
    const { table, statuses } = await two();
    const eve = patient('eve', { death: {} });
    expect(await register(eve, portsOver(table))).toEqual(done('registered'));
    expect(await statuses(ADA_KEY)).toBe('active active');
  });

  test('that becomes known anew is another one than a representative knew of', async () => {
    const { table, requests } = await two();
    await requests.change(ADA_KEY, 'req_1' as never, atSecond(1), (each) =>
      done({ ...each, afterDeath: true }),
    );
    await register(dead, portsOver(table));
    const all = await requests.list(ADA_KEY);
    expect(all.map(({ status, afterDeath }) => [status, afterDeath])).toEqual([
      ['paused', undefined],
      ['paused', undefined],
    ]);
  });
});
