import { describe, expect, test } from '@jest/globals';
import type { RateCounter } from '../../shared/deliver/rate.ts';

const several = (counter: RateCounter, times: number, most: number) =>
  Promise.all(Array.from({ length: times }, () => counter.count(1_000, 0, most)));

/** What every counter of hand-overs promises while it loses nothing. Each is opened for a relay of its own. */
export function rateCounterContract(title: string, open: () => RateCounter): void {
  describe(title, () => {
    test('counts so many in one second and shard, and no more, however many count at once', async () => {
      const counter = open();
      expect((await several(counter, 20, 7)).filter(Boolean)).toHaveLength(7);
      expect(await several(counter, 3, 7)).toEqual([false, false, false]);
    });

    test('begins anew in each second, and in each shard', async () => {
      const counter = open();
      expect(await several(counter, 2, 1)).toEqual(expect.arrayContaining([true, false]));
      expect(await counter.count(1_001, 0, 1)).toBe(true);
      expect(await counter.count(1_000, 1, 1)).toBe(true);
      expect(await counter.count(999, 0, 1)).toBe(true);
    });

    test('counts more when more may be counted', async () => {
      const counter = open();
      await several(counter, 2, 1);
      expect(await counter.count(1_000, 0, 2)).toBe(true);
    });

    test('counts for each relay by itself', async () => {
      const [one, other] = [open(), open()];
      expect(await one.count(1_000, 0, 1)).toBe(true);
      expect(await other.count(1_000, 0, 1)).toBe(true);
    });
  });
}
