import { describe, expect, test } from '@jest/globals';
import type { AnswerCounter } from '../../shared/notification/letter/answer.ts';

const DAY = new Date('2026-11-22T23:59:59Z');
const NEXT = new Date('2026-11-23T00:00:00Z');

/** What every counter of answers promises while it loses nothing. Each call of `whom` is somebody else. */
export function answerCounterContract(
  title: string,
  counter: () => AnswerCounter,
  whom: () => string,
): void {
  describe(title, () => {
    test('counts so many a day, and no more, however many count at once', async () => {
      const one = whom();
      const all = Array.from({ length: 12 }, () => counter().count(one, DAY, 5));
      expect((await Promise.all(all)).filter(Boolean)).toHaveLength(5);
      expect(await counter().count(one, DAY, 5)).toBe(false);
    });

    test('begins anew each day, and for each by himself', async () => {
      const [one, other] = [whom(), whom()];
      expect(await counter().count(one, DAY, 1)).toBe(true);
      expect(await counter().count(one, DAY, 1)).toBe(false);
      expect(await counter().count(one, NEXT, 1)).toBe(true);
      expect(await counter().count(other, DAY, 1)).toBe(true);
    });
  });
}
