import { describe, expect, test } from '@jest/globals';
import { handOverSeconds, processedSeconds } from '../../shared/transmission/durations.ts';
import type { Fact, FactBody } from '../../shared/transmission/facts.ts';
import { accepted, atSecond, deferred, intent, notice } from '../support/histories.ts';

/** Facts in the order in which they were added. */
const facts = (...told: readonly (readonly [second: number, fact: FactBody])[]): Fact[] =>
  told.map(([second, fact], at) => ({
    ...fact,
    at: atSecond(second).toISOString(),
    sequence: at + 1,
  }));

const REQUESTED: FactBody = { kind: 'requested', trigger: 'trg_1' };

describe('how long a copy waits for its relay', () => {
  test('is from the decision to the relay’s yes, with all that was put off', () => {
    expect(
      handOverSeconds(
        facts([0, REQUESTED], [5, deferred(1, 65)], [70, intent(2)], [72, accepted(2)]),
      ),
    ).toBe(72);
  });

  test('is not told before', () => {
    expect(handOverSeconds(facts([0, REQUESTED], [70, intent()]))).toBeUndefined();
  });

  test('begins when its probe has arrived', () => {
    expect(
      handOverSeconds(
        facts([0, REQUESTED], [600, { kind: 'reached' }], [603, intent()], [604, accepted()]),
      ),
    ).toBe(4);
  });
});

describe('how long the recipient’s mail service takes', () => {
  test('is from the hand-over to its first word, and not told before', () => {
    const sent = [
      [0, REQUESTED],
      [1, intent()],
      [2, accepted()],
    ] as const;
    expect(processedSeconds(facts(...sent))).toBeUndefined();
    expect(processedSeconds(facts(...sent, [44, notice('processed')]))).toBe(42);
  });

  test('is nothing, and never less, when clocks differ', () => {
    expect(
      processedSeconds(
        facts([0, REQUESTED], [1, intent()], [9, accepted()], [8, notice('processed')]),
      ),
    ).toBe(0);
  });
});
