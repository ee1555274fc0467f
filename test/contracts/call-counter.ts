import { describe, expect, test } from '@jest/globals';
import type { CallCounter } from '../../shared/door.ts';
import { sha256 } from '../../shared/ids.ts';

const MINUTE = 29_931_840;

/** What every counter of calls promises while it loses nothing. Each call of `name` is somebody else. */
export function callCounterContract(
  title: string,
  counter: () => CallCounter,
  name: () => string,
): void {
  describe(title, () => {
    test('counts so many a minute, and no more, however many come at once', async () => {
      const one = sha256(name());
      const all = Array.from({ length: 8 }, () => counter().count(one, 'calls', MINUTE, 5));
      const found = await Promise.all(all);
      const places = found.filter((each): each is number => typeof each === 'number');
      expect(places.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5]);
      expect(found.filter((each) => each === 'too-many')).toHaveLength(3);
      expect(await counter().count(one, 'calls', MINUTE, 5)).toBe('too-many');
    });

    test('begins anew each minute, for each caller and each kind of calls by itself', async () => {
      const [one, other] = [sha256(name()), sha256(name())];
      const count = (who: typeof one, what: string, minute: number) =>
        counter().count(who, what, minute, 1);
      expect(await count(one, 'calls', MINUTE)).toBe(1);
      expect(await count(one, 'calls', MINUTE)).toBe('too-many');
      expect(await count(one, 'calls', MINUTE + 1)).toBe(1);
      expect(await count(one, 'POST /v1/events', MINUTE)).toBe(1);
      expect(await count(other, 'calls', MINUTE)).toBe(1);
    });
  });
}
