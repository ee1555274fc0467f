import { describe, expect, test } from '@jest/globals';
import { CLOSED, type CircuitStore } from '../../shared/deliver/circuit.ts';

const OPEN = { failures: 5, openUntil: '2026-11-22T10:01:00.000Z', version: 1 };

/** What every place promises in which it is kept how a relay fares. Each is opened for a relay of its own. */
export function circuitStoreContract(title: string, open: () => CircuitStore): void {
  describe(title, () => {
    test('takes a relay of which nothing is kept for one that fares well', async () => {
      expect(await open().read()).toEqual(CLOSED);
    });

    test('keeps the last that was given, whole', async () => {
      const store = open();
      expect(await store.replace(OPEN)).toBe(true);
      expect(await store.read()).toEqual(OPEN);
      expect(await store.replace({ failures: 0, version: 2 })).toBe(true);
      expect(await store.read()).toEqual({ failures: 0, version: 2 });
    });

    test('keeps nothing that was decided on what is not there any more', async () => {
      const store = open();
      await store.replace(OPEN);
      await store.replace({ ...OPEN, version: 2 });
      expect(await store.replace({ failures: 0, version: 2 })).toBe(false);
      expect(await store.replace({ failures: 0, version: 4 })).toBe(false);
      expect(await store.read()).toEqual({ ...OPEN, version: 2 });
    });

    test('of many who change it at once one does', async () => {
      const store = open();
      const changed = await Promise.all(
        Array.from({ length: 8 }, (_, failures) => store.replace({ failures, version: 1 })),
      );
      expect(changed.filter(Boolean)).toHaveLength(1);
    });

    test('keeps each relay by itself', async () => {
      const [one, other] = [open(), open()];
      await one.replace(OPEN);
      expect(await other.read()).toEqual(CLOSED);
    });
  });
}
