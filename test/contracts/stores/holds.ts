import { expect, test } from '@jest/globals';
import { holdStore } from '../../../shared/adapters/dynamo/holds.ts';
import { atSecond } from '../../support/histories.ts';
import { ADA_KEY, BEN_KEY, type FreshTable } from './samples.ts';

const holdAt = (second: number, patientKey = ADA_KEY, by = 'kim') => ({
  patientKey,
  at: atSecond(second).toISOString(),
  reason: 'case-17',
  by,
});

const byKey = (one: { patientKey: string }, other: { patientKey: string }): number =>
  one.patientKey.localeCompare(other.patientKey);

export function holdStoreContract(fresh: FreshTable): void {
  test('nobody is under a hold before one is placed, and only that patient is then', async () => {
    const holds = holdStore(await fresh());
    expect(await holds.isHeld(ADA_KEY)).toBe(false);
    expect(await holds.place(holdAt(0))).toEqual(holdAt(0));
    expect(await holds.isHeld(ADA_KEY)).toBe(true);
    expect(await holds.isHeld(BEN_KEY)).toBe(false);
  });

  test('the first hold stays, and ends once', async () => {
    const holds = holdStore(await fresh());
    await holds.place(holdAt(0));
    expect(await holds.place(holdAt(5, ADA_KEY, 'lee'))).toEqual(holdAt(0));
    expect(await holds.release(ADA_KEY, holdAt(9))).toEqual(holdAt(0));
    expect(await holds.release(ADA_KEY, holdAt(9))).toBeUndefined();
    expect(await holds.isHeld(ADA_KEY)).toBe(false);
  });

  test('all that are in force are listed', async () => {
    const holds = holdStore(await fresh());
    await holds.place(holdAt(0));
    await holds.place(holdAt(1, BEN_KEY));
    expect([...(await holds.list())].sort(byKey)).toEqual(
      [holdAt(0), holdAt(1, BEN_KEY)].sort(byKey),
    );
    await holds.release(ADA_KEY, holdAt(2));
    expect(await holds.list()).toEqual([holdAt(1, BEN_KEY)]);
  });

  test('of ten who place one at once one does, and all are told which', async () => {
    const holds = holdStore(await fresh());
    const placed = await Promise.all(
      Array.from({ length: 10 }, (_, n) => holds.place(holdAt(n, ADA_KEY, `by-${n}`))),
    );
    expect(new Set(placed.map(({ by }) => by)).size).toBe(1);
  });
}
