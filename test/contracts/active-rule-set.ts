import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ActiveRuleSet } from '../../shared/notification/receipt-rules/active-rule-set.ts';

export interface ActiveRuleSetUnderTest {
  readonly active: ActiveRuleSet;
  readonly close: () => Promise<void>;
}

/**
 * What everything promises that knows the active set of receipt rules.
 *
 * @param open gives one without an active set
 */
export function activeRuleSetContract(
  name: string,
  open: () => Promise<ActiveRuleSetUnderTest>,
): void {
  describe(`${name} knows the active set of receipt rules`, () => {
    let opened: ActiveRuleSetUnderTest;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.close());

    test('which is none, then the one that was written last, then none again', async () => {
      const { active } = opened;
      expect(await active.read()).toBeUndefined();
      await active.write('direct-transmit-test');
      expect(await active.read()).toBe('direct-transmit-test');
      await active.write('another_one');
      expect(await active.read()).toBe('another_one');
      await active.write(undefined);
      expect(await active.read()).toBeUndefined();
    });
  });
}
