import { describe, expect, test } from '@jest/globals';
import { dueDecision, type DueDecision } from '../../shared/status/due.ts';
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
const DAY = 86_400;

const decide = (second: number, told: readonly Told[], plan: Partial<Plan> = {}): DueDecision =>
  dueDecision(historyOf(factsOf(...told), { plan }), atSecond(second), 60);

const endOf = ({ addition }: DueDecision): string | undefined => {
  const [fact] = addition.facts;
  return fact?.kind === 'ended' && fact.end !== 'delivered' ? fact.code : undefined;
};

describe('a transmission whose time has come', () => {
  test('rings again when nobody heard the first ring', () => {
    expect(decide(60, [requested])).toEqual({
      ring: true,
      addition: { facts: [], dueAt: atSecond(120) },
    });
  });

  test('is left alone while a worker has it in hand', () => {
    const lease = { owner: 'w', attempt: 1, until: atSecond(90).toISOString() };
    const history = historyOf(factsOf(requested), { lease });
    expect(dueDecision(history, atSecond(89), 60)).toEqual({
      ring: false,
      addition: { facts: [], dueAt: atSecond(90) },
    });
    expect(dueDecision(history, atSecond(90), 60).ring).toBe(true);
  });

  test('waits for its next attempt, then rings', () => {
    const told: Told[] = [requested, [1, deferred(1, 61)]];
    expect(decide(60, told)).toEqual({ ring: false, addition: { facts: [], dueAt: atSecond(61) } });
    expect(decide(61, told).ring).toBe(true);
  });

  test('transmission/out-of-time: no attempt was ever finished', () => {
    expect(endOf(decide(DAY, [requested]))).toBeUndefined();
    expect(endOf(decide(DAY + 1, [requested]))).toBe('transmission/out-of-time');
  });

  test('ends with the last reason when the last attempt did not come off either', () => {
    expect(decide(DAY, [requested, [1, deferred(1, DAY)]]).ring).toBe(true);
    expect(endOf(decide(DAY + 61, [requested, [1, deferred(1, DAY)]]))).toBe('deliver/deferred');
  });

  test('is declared uncertain when its worker died between intent and answer', () => {
    const { addition, ring } = decide(91, [requested, [1, intent()]]);
    expect(ring).toBe(false);
    expect(addition).toEqual({ facts: [uncertain()], lease: 'released', dueAt: atSecond(691) });
  });

  test('is sent again when the grace is over, or held when the plan says so', () => {
    const told: Told[] = [requested, [1, intent()], [91, uncertain()]];
    expect(decide(690, told)).toEqual({
      ring: false,
      addition: { facts: [], dueAt: atSecond(691) },
    });
    expect(decide(691, told).ring).toBe(true);
    expect(decide(691, told, { uncertain: 'hold' })).toEqual({
      ring: false,
      addition: { facts: [], dueAt: atSecond(3 * DAY) },
    });
  });

  test('is held once it was repeated twice', () => {
    const told: Told[] = [1, 2, 3].flatMap((n): Told[] => [
      [n * 1000, intent(n)],
      [n * 1000 + 1, uncertain(n)],
    ]);
    expect(decide(9000, told)).toEqual({
      ring: false,
      addition: { facts: [], dueAt: atSecond(3 * DAY) },
    });
  });

  test('is not sent a third time before the wait that the relay imposed on the second', () => {
    const told: Told[] = [
      [1, intent()],
      [91, uncertain()],
      [700, intent(2)],
      [701, deferred(2, 1001)],
    ];
    expect(decide(1000, told)).toEqual({
      ring: false,
      addition: { facts: [], dueAt: atSecond(1001) },
    });
    expect(decide(1001, told).ring).toBe(true);
  });

  test('deliver/unresolved: three days without any sign', () => {
    const told: Told[] = [requested, [1, intent()], [91, uncertain()]];
    expect(endOf(decide(3 * DAY, told, { uncertain: 'hold' }))).toBe('deliver/unresolved');
    expect(endOf(decide(3 * DAY, told))).toBe('deliver/unresolved');
  });

  test('is not looked at again after its end', () => {
    expect(
      decide(99_999, [
        [1, accepted()],
        [2, delivered],
      ]),
    ).toEqual({
      ring: false,
      addition: { facts: [], dueAt: 'never' },
    });
  });
});

describe('a copy that left', () => {
  const sent: Told[] = [requested, [1, intent()], [10, accepted()]];

  test('notification/not-processed: one hour from the hand-over, not from the intent', () => {
    expect(decide(3609, sent).addition).toEqual({ facts: [], dueAt: atSecond(3610) });
    expect(endOf(decide(3610, sent))).toBe('notification/not-processed');
  });

  test('notification/no-final-confirmation: the service confirmed and the mailbox did not', () => {
    const processed: Told[] = [...sent, [20, notice('processed')]];
    expect(decide(3610, processed).addition).toEqual({ facts: [], dueAt: atSecond(7210) });
    expect(endOf(decide(7210, processed))).toBe('notification/no-final-confirmation');
  });

  test('notification/no-final-confirmation: `dispatched` without the X-DIRECT field confirms nothing', () => {
    const told: Told[] = [...sent, [20, notice('processed')], [21, notice('dispatched', false)]];
    expect(endOf(decide(7210, told))).toBe('notification/no-final-confirmation');
  });

  test('counts from the intent when only a notice tells that it left', () => {
    const told: Told[] = [requested, [5, intent()], [96, uncertain()], [97, notice('processed')]];
    expect(decide(100, told).addition).toEqual({ facts: [], dueAt: atSecond(7205) });
  });
});
