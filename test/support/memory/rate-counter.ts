import type { RateCounter } from '../../../shared/deliver/rate.ts';

/** Counts in memory. */
export function memoryRateCounter(): RateCounter {
  const counted = new Map<string, number>();
  return {
    async count(second, shard, most) {
      const place = `${second} ${shard}`;
      const before = counted.get(place) ?? 0;
      if (before >= most) return false;
      counted.set(place, before + 1);
      return true;
    },
  };
}
