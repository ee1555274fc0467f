import { expect, test } from '@jest/globals';
import { hearingStore } from '../../../shared/adapters/dynamo/hearings.ts';
import type { FreshTable } from './samples.ts';

const NAME = 'https://ehr.example/fhir/Subscription/discharges';

export function hearingStoreContract(fresh: FreshTable): void {
  test('a subscription that was never heard has no last event', async () => {
    expect(await hearingStore(await fresh()).last('ehr', NAME)).toBeUndefined();
  });

  test('it rises, and what is heard late changes nothing', async () => {
    const store = hearingStore(await fresh());
    for (const [number, last] of [
      [3, 3],
      [7, 7],
      [5, 7],
      [7, 7],
    ] as const) {
      await store.heard('ehr', NAME, number);
      expect(await store.last('ehr', NAME)).toBe(last);
    }
  });

  test('of ten that are heard at once the highest stays', async () => {
    const store = hearingStore(await fresh());
    await Promise.all(Array.from({ length: 10 }, (_, n) => store.heard('ehr', NAME, n + 1)));
    expect(await store.last('ehr', NAME)).toBe(10);
  });

  test('each caller and each subscription has its own, under a key that says nothing of them', async () => {
    const table = await fresh();
    const store = hearingStore(table);
    await store.heard('ehr', NAME, 1);
    expect(await store.last('lab', NAME)).toBeUndefined();
    expect(await store.last('ehr', `${NAME}2`)).toBeUndefined();
    expect(await table.get({ pk: `FHN#${NAME}`, sk: 'HEARING' })).toBeUndefined();
  });
}
