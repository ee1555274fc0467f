import { describe, expect, test } from '@jest/globals';
import type { FactBody } from '../../shared/transmission/facts.ts';
import { progressOf } from '../../shared/transmission/progress.ts';
import {
  accepted,
  atSecond,
  deferred,
  factsOf,
  intent,
  notice,
  type Told,
  uncertain,
} from '../support/histories.ts';

const notSent = (attempt: number): FactBody => ({ kind: 'resolved', attempt, as: 'not-sent' });
const hastened = (attempt: number): FactBody => ({ kind: 'hastened', attempt });

describe('how far a copy has come', () => {
  const told: readonly Told[] = [
    [1, deferred(1, 60)],
    [60, intent(2)],
    [61, uncertain(2)],
    [700, intent(3)],
    [701, accepted(3)],
    [702, notice('processed')],
  ];

  test('is the same when every fact is told twice, in any order', () => {
    const facts = factsOf(...told);
    expect(progressOf([...facts.toReversed(), ...facts])).toEqual(progressOf(facts));
  });

  test('counts each attempt that was put off or begun once', () => {
    const facts = factsOf(...told);
    expect(progressOf([...facts, ...facts])).toMatchObject({ deferrals: 1, begun: [2, 3] });
  });
});

test('what was heard of a copy that was sent again left with its latest hand-over', () => {
  const facts = factsOf(
    [1, intent(1)],
    [2, uncertain(1)],
    [700, intent(2)],
    [701, uncertain(2)],
    [702, notice('processed')],
  );
  expect(progressOf(facts).handedOverAt).toEqual(atSecond(700));
});

describe('the word of an operator', () => {
  test('hastens the wait after which it was said, however often one was hastened before', () => {
    const facts = factsOf(
      [1, deferred(1, 60)],
      [10, hastened(1)],
      [11, deferred(2, 300)],
      [20, hastened(2)],
    );
    expect(progressOf(facts).lastDeferred).toMatchObject({
      attempt: 2,
      nextAttemptAt: atSecond(20).toISOString(),
    });
  });

  test('that came before a wait does not hasten it', () => {
    const facts = factsOf([1, deferred(1, 60)], [10, hastened(1)], [11, deferred(2, 300)]);
    expect(progressOf(facts).lastDeferred?.nextAttemptAt).toBe(atSecond(300).toISOString());
  });

  test('that nothing had left lets the time for attempts begin anew, each time it is said', () => {
    const facts = factsOf(
      [1, intent(1)],
      [2, uncertain(1)],
      [100, notSent(1)],
      [101, deferred(2, 160)],
      [160, intent(3)],
      [161, uncertain(3)],
      [900, notSent(3)],
    );
    expect(progressOf(facts)).toMatchObject({
      beganAnewAt: atSecond(900),
      lastDeferred: { nextAttemptAt: atSecond(900).toISOString() },
    });
  });
});
