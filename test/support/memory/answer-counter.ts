import type { AnswerCounter } from '../../../shared/notification/letter/answer.ts';

/** Counts in memory. */
export function memoryAnswerCounter(): AnswerCounter {
  const counted = new Map<string, number>();
  return {
    async count(whom, day, most) {
      const place = `${whom} ${day.toISOString().slice(0, 10)}`;
      const before = counted.get(place) ?? 0;
      if (before >= most) return false;
      counted.set(place, before + 1);
      return true;
    },
  };
}
