import { describe, expect, test } from '@jest/globals';
import {
  activateRules,
  deactivateRules,
} from '../../shared/notification/receipt-rules/activate.ts';
import { memoryRuleSet } from '../support/memory/active-rule-set.ts';

const OURS = 'direct-transmit-production';

describe('our receipt rules', () => {
  test('become active where none are', async () => {
    const active = memoryRuleSet();
    expect(await activateRules(OURS, active)).toMatchObject({ ok: true });
    expect(active.written).toEqual([OURS]);
  });

  test('are left as they are when they are active', async () => {
    const active = memoryRuleSet(OURS);
    expect(await activateRules(OURS, active)).toMatchObject({ ok: true });
    expect(active.written).toEqual([]);
  });

  test.each([
    ['notification/rules-taken', 'default-rule-set'],
    ['notification/rules-of-other-stage', 'direct-transmit-sandbox'],
    // Begins as ours does, and is another one.
    ['notification/rules-of-other-stage', 'direct-transmit-production-2'],
  ])('%s: %s is not displaced', async (code, other) => {
    const active = memoryRuleSet(other);
    expect(await activateRules(OURS, active)).toEqual({
      ok: false,
      failure: { code, detail: other },
    });
    expect(active.written).toEqual([]);
  });

  test('end with the stage, and then none are active', async () => {
    const active = memoryRuleSet(OURS);
    await deactivateRules(OURS, active);
    expect(active.written).toEqual([undefined]);
  });

  test.each([[undefined], ['default-rule-set'], ['direct-transmit-sandbox']])(
    'end without a change where others are active: %s',
    async (other) => {
      const active = memoryRuleSet(other);
      expect(await deactivateRules(OURS, active)).toMatchObject({ ok: true });
      expect(active.written).toHaveLength(0);
    },
  );
});
