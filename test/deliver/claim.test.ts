import { describe, expect, test } from '@jest/globals';
import { claim, holdsLease } from '../../shared/deliver/claim.ts';
import type { Plan } from '../../shared/transmission/transmission.ts';
import {
  accepted,
  atSecond,
  deferred,
  delivered,
  factsOf,
  historyOf,
  intent,
  notice,
  uncertain,
  type Told,
} from '../support/histories.ts';

const requested: Told = [0, { kind: 'requested', trigger: 'discharge' }];

/** So many copies may have left, and nobody knows. */
const out = (copies: number): Told[] =>
  Array.from({ length: copies }, (_, n): Told[] => [
    [n * 1000, intent(n + 1)],
    [n * 1000 + 1, uncertain(n + 1)],
  ]).flat();

const claimAt = (second: number, told: readonly Told[], plan: Partial<Plan> = {}) =>
  claim(historyOf(factsOf(...told), { plan }), 'worker', atSecond(second));

const codeAt = (second: number, told: readonly Told[], plan: Partial<Plan> = {}) => {
  const claimed = claimAt(second, told, plan);
  return claimed.ok ? 'claimed' : claimed.failure.code;
};

describe('a worker claims a transmission', () => {
  test('with a lease, and only while request and address are active', () => {
    expect(claimAt(1, [requested])).toEqual({
      ok: true,
      value: {
        facts: [],
        lease: { owner: 'worker', attempt: 1, until: atSecond(91).toISOString() },
        dueAt: atSecond(91),
        whileActive: true,
      },
    });
  });

  test('under a number of its own for each attempt, also when the last worker left no fact', () => {
    const lease = { owner: 'dead', attempt: 3, until: atSecond(5).toISOString() };
    const claimed = claim(historyOf(factsOf(requested), { lease }), 'worker', atSecond(5));
    expect(claimed).toMatchObject({ value: { lease: { attempt: 4 } } });
  });

  test.each([
    [
      'transmission/ended',
      10,
      [
        [1, accepted()],
        [2, delivered],
      ],
    ],
    [
      'transmission/handed-over',
      10,
      [
        [1, intent()],
        [2, accepted()],
      ],
    ],
    ['transmission/handed-over', 10_000, [[1, intent()]]],
    [
      'transmission/handed-over',
      10,
      [
        [1, intent()],
        [2, uncertain()],
        [3, notice('processed')],
      ],
    ],
    ['transmission/not-due', 59, [[1, deferred(1, 60)]]],
    ['claimed', 60, [[1, deferred(1, 60)]]],
    [
      'transmission/not-due',
      601,
      [
        [1, intent()],
        [2, uncertain()],
      ],
    ],
    [
      'claimed',
      602,
      [
        [1, intent()],
        [2, uncertain()],
      ],
    ],
  ] as readonly (readonly [string, number, readonly Told[]])[])(
    '%s: at second %d after %j',
    (code, second, told) => {
      expect(codeAt(second, told)).toBe(code);
    },
  );

  test('transmission/handed-over: an uncertain copy whose plan says hold', () => {
    expect(
      codeAt(
        9999,
        [
          [1, intent()],
          [2, uncertain()],
        ],
        { uncertain: 'hold' },
      ),
    ).toBe('transmission/handed-over');
  });

  test('transmission/handed-over: three copies may be out already, and no fourth follows', () => {
    expect(codeAt(9000, out(2))).toBe('claimed');
    expect(codeAt(9000, out(3))).toBe('transmission/handed-over');
  });

  test('transmission/leased: another worker has it until its lease ends', () => {
    const lease = { owner: 'other', attempt: 1, until: atSecond(90).toISOString() };
    const history = historyOf(factsOf(requested), { lease });
    expect(claim(history, 'worker', atSecond(89))).toMatchObject({
      failure: { code: 'transmission/leased' },
    });
    expect(claim(history, 'worker', atSecond(90)).ok).toBe(true);
  });
});

describe('a worker holds its lease', () => {
  const lease = { owner: 'worker', attempt: 2, until: atSecond(90).toISOString() };

  test.each([
    ['worker', 2, true],
    ['worker', 1, false],
    ['other', 2, false],
  ])('as %s at attempt %d: %s', (owner, attempt, holds) => {
    const held = holdsLease(historyOf(factsOf(requested), { lease }), owner, attempt);
    expect(held.ok ? 'held' : held.failure.code).toBe(holds ? 'held' : 'transmission/lease-lost');
  });
});
