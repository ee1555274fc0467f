import { afterEach, describe, expect, test } from '@jest/globals';
import type { Bus } from '../../shared/report/bus.ts';
import type { Report } from '../../shared/report/report.ts';
import { auditedOf } from '../support/reports.ts';

export interface BusUnderTest {
  readonly bus: Bus;
  /** What a listener got, in the order in which it did. */
  readonly heard: () => readonly unknown[];
  /** From now on it takes only so many more. */
  readonly takeOnly: (reports: number) => void;
  readonly close: () => void;
}

const reports = (count: number): readonly Report[] =>
  Array.from({ length: count }, (_, n) => auditedOf(`${n}`, 'transmission.failed', n).report);

/** What every bus promises to whoever publishes. */
export function busContract(name: string, open: () => BusUnderTest): void {
  describe(`${name} is a bus`, () => {
    let opened: BusUnderTest;
    const start = (): BusUnderTest => (opened = open());
    afterEach(() => opened.close());

    test.each([1, 10, 11, 20])('%i reports are heard whole and in their order', async (count) => {
      const { bus, heard } = start();
      await bus.publish(reports(count));
      expect(heard()).toEqual(reports(count));
    });

    test.each([0, 3, 12])('it throws when it takes only %i of twenty', async (taken) => {
      const { bus, heard, takeOnly } = start();
      takeOnly(taken);
      await expect(bus.publish(reports(20))).rejects.toThrow(/take/);
      expect(heard()).toEqual(reports(taken));
    });

    test('what is published again is heard again, as the same report', async () => {
      const { bus, heard } = start();
      const [one] = reports(1);
      await bus.publish([one!]);
      await bus.publish([one!]);
      expect(heard()).toEqual([one, one]);
    });
  });
}
