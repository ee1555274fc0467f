import { expect, test } from '@jest/globals';
import { activityStore } from '../../../shared/adapters/dynamo/activities.ts';
import type { PatientKey } from '../../../shared/ids.ts';
import type { Activity } from '../../../shared/report/activity/activity.ts';
import { atSecond } from '../../support/histories.ts';
import type { FreshTable } from './samples.ts';

const ANA = 'pat_ana' as PatientKey;
const BEN = 'pat_ben' as PatientKey;

const line = (id: string, second: number, more: Partial<Activity> = {}): Activity => ({
  id,
  at: atSecond(second).toISOString(),
  action: 'copy-sent',
  addressees: ['dr.lee@direct.clinic.example'],
  ...more,
});

const idsOf = (items: readonly Activity[]) => items.map(({ id }) => id);

export function activityStoreContract(fresh: FreshTable): void {
  const open = async () => activityStore(await fresh());

  test('a line is kept whole, and once however often it is told', async () => {
    const store = await open();
    const whole = line('rep_1', 0, {
      by: { kind: 'representative', subject: 'rep-1', authority: { relationship: 'parent' } },
      requestId: 'req_1',
      transmissionId: 'tx_1',
      code: 'trust/expired',
    });
    const logged = { patientKey: ANA, activity: whole };
    await store.keep([logged, logged]);
    await store.keep([logged]);
    expect(await store.page(ANA, { limit: 10 })).toEqual({ items: [whole] });
  });

  test('a log is of one patient', async () => {
    const store = await open();
    await store.keep([
      { patientKey: ANA, activity: line('rep_1', 0) },
      { patientKey: BEN, activity: line('rep_2', 0) },
    ]);
    expect(idsOf((await store.page(BEN, { limit: 10 })).items)).toEqual(['rep_2']);
    expect(await store.page('pat_an' as PatientKey, { limit: 10 })).toEqual({ items: [] });
  });

  test('newest first, a page at a time, whatever comes in meanwhile', async () => {
    const store = await open();
    const keep = (...lines: readonly Activity[]) =>
      store.keep(lines.map((activity) => ({ patientKey: ANA, activity })));
    await keep(line('rep_b', 1), line('rep_a', 1), line('rep_c', 2), line('rep_d', 0));
    const first = await store.page(ANA, { limit: 2 });
    expect(idsOf(first.items)).toEqual(['rep_c', 'rep_b']);
    await keep(line('rep_e', 3));
    const second = await store.page(ANA, { limit: 2, after: first.next ?? '' });
    expect(idsOf(second.items)).toEqual(['rep_a', 'rep_d']);
    expect(second).not.toHaveProperty('next');
  });

  test('nothing is kept of nothing', async () => {
    const store = await open();
    await store.keep([]);
    expect(await store.page(ANA, { limit: 1 })).toEqual({ items: [] });
  });
}
