import { afterEach, describe, expect, test } from '@jest/globals';
import type { Doorbell } from '../../shared/trigger/doorbell.ts';

export interface DoorbellUnderTest {
  readonly bell: Doorbell;
  /** What a worker would find behind the door. */
  readonly heard: () => readonly unknown[];
  /** Takes away what the bell hangs on. */
  readonly cutOff: () => void;
  readonly close: () => Promise<void>;
}

/** What every doorbell promises: of the order, and of how often a ring is heard, it promises nothing. */
export function doorbellContract(name: string, open: () => Promise<DoorbellUnderTest>): void {
  describe(`${name} is a doorbell`, () => {
    let opened: DoorbellUnderTest;
    const start = async (): Promise<DoorbellUnderTest> => (opened = await open());
    afterEach(() => opened.close());

    test('nothing is heard before it rings', async () => {
      const { heard } = await start();
      expect(heard()).toEqual([]);
    });

    test('a ring is heard as the bare id', async () => {
      const { bell, heard } = await start();
      await bell.ring('tx_aaaaaaaaaaaaaaaaaaaaaaaaaa');
      expect(heard()).toEqual(['tx_aaaaaaaaaaaaaaaaaaaaaaaaaa']);
    });

    test('every ring is heard, also of many at once', async () => {
      const { bell, heard } = await start();
      const ids = Array.from({ length: 30 }, (_, index) => `trg_${index}`);
      await Promise.all(ids.map((id) => bell.ring(id)));
      expect(new Set(heard())).toEqual(new Set(ids));
    });

    test('a bell can be rung again for the same id', async () => {
      const { bell, heard } = await start();
      await bell.ring('trg_again');
      await bell.ring('trg_again');
      expect(new Set(heard())).toEqual(new Set(['trg_again']));
    });

    test('a ring that nobody can hear is thrown, so that whoever rang tries again', async () => {
      const { bell, cutOff } = await start();
      cutOff();
      await expect(bell.ring('trg_lost')).rejects.toThrow(/hears|queue/);
    });
  });
}
