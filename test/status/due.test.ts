import { describe, expect, test } from '@jest/globals';
import { dueDecision, type DueDecision } from '../../shared/status/due.ts';
import type { Addition } from '../../shared/transmission/ledger.ts';
import type { Plan } from '../../shared/transmission/transmission.ts';
import {
  accepted,
  atSecond,
  confirmed,
  deferred,
  delivered,
  factsOf,
  historyOf,
  intent,
  intentForHisp,
  notice,
  uncertain,
  type Told,
} from '../support/histories.ts';

const requested: Told = [0, { kind: 'requested', trigger: 'discharge' }];
const DAY = 86_400;

const AT_ONCE = { lostAfterSeconds: 60, afterSeconds: 0 };

const decide = (second: number, told: readonly Told[], plan: Partial<Plan> = {}): DueDecision =>
  dueDecision(historyOf(factsOf(...told), { plan }), atSecond(second), AT_ONCE);

const quiet = (addition: Addition) => ({ addition, isToSend: false });

const rings = ({ ringAfterSeconds }: DueDecision): boolean => ringAfterSeconds !== undefined;

const endOf = ({ addition }: DueDecision): string | undefined => {
  const [fact] = addition.facts;
  return fact?.kind === 'ended' && fact.end !== 'delivered' ? fact.code : undefined;
};

describe('a transmission whose time has come', () => {
  test('rings again when nobody heard the first ring', () => {
    expect(decide(60, [requested])).toEqual({
      isToSend: true,
      ringAfterSeconds: 0,
      addition: { facts: [], dueAt: atSecond(120) },
    });
  });

  test('is left alone while a worker has it in hand', () => {
    const lease = { owner: 'w', attempt: 1, until: atSecond(90).toISOString() };
    const history = historyOf(factsOf(requested), { lease });
    expect(dueDecision(history, atSecond(89), AT_ONCE)).toEqual(
      quiet({ facts: [], dueAt: atSecond(90) }),
    );
    expect(rings(dueDecision(history, atSecond(90), AT_ONCE))).toBe(true);
  });

  test('is rung for when those before it have had their turn, and is looked at again after that', () => {
    const history = historyOf(factsOf(requested));
    const after = (afterSeconds: number) =>
      dueDecision(history, atSecond(60), { lostAfterSeconds: 60, afterSeconds });
    expect(after(60)).toEqual({
      addition: { facts: [], dueAt: atSecond(180) },
      isToSend: true,
      ringAfterSeconds: 60,
    });
    // A ring is not that long on its way.
    expect(after(61)).toEqual({ isToSend: true, addition: { facts: [], dueAt: atSecond(121) } });
  });

  test.each([
    [1, 0],
    [2, 60],
    [3, 120],
    [7, 1920],
    [8, 3600],
    [400, 3600],
  ])('whose %d workers died in a row is tried again %d s after the last lease', (deaths, wait) => {
    const lease = { owner: 'w', attempt: 2 + deaths, until: atSecond(90).toISOString() };
    const history = historyOf(factsOf(requested, [1, deferred(2, 2)]), { lease });
    const at = (second: number) => dueDecision(history, atSecond(second), AT_ONCE);
    expect(at(90 + wait - 1).addition.dueAt).toEqual(atSecond(90 + wait));
    expect([rings(at(90 + wait - 1)), rings(at(90 + wait))]).toEqual([false, true]);

    // Also when they were to repeat an uncertain one.
    const told = factsOf(requested, [1, intent(2)], [2, uncertain(2)]);
    const later = { ...lease, until: atSecond(700).toISOString() };
    const uncertainAt = (second: number) =>
      rings(dueDecision(historyOf(told, { lease: later }), atSecond(second), AT_ONCE));
    expect([uncertainAt(700 + wait - 1), uncertainAt(700 + wait)]).toEqual([false, true]);
  });

  test('waits for its next attempt, then rings', () => {
    const told: Told[] = [requested, [1, deferred(1, 61)]];
    expect(decide(60, told)).toEqual(quiet({ facts: [], dueAt: atSecond(61) }));
    expect(rings(decide(61, told))).toBe(true);
  });

  test('transmission/out-of-time: no attempt was ever finished', () => {
    expect(endOf(decide(DAY, [requested]))).toBeUndefined();
    expect(endOf(decide(DAY + 1, [requested]))).toBe('transmission/out-of-time');
  });

  test('ends with the last reason when the last attempt did not come off either', () => {
    expect(rings(decide(DAY, [requested, [1, deferred(1, DAY)]]))).toBe(true);
    expect(endOf(decide(DAY + 61, [requested, [1, deferred(1, DAY)]]))).toBe('deliver/deferred');
  });

  test('has the sender look as long as sending is stopped, and runs out of no time', () => {
    const halted: Told = [1, { kind: 'halted', stop: 'a stop' }];
    const continued: Told = [9 * DAY, { kind: 'continued', stop: 'a stop' }];
    expect(rings(decide(9 * DAY, [requested, halted]))).toBe(true);
    const perhaps: Told[] = [requested, [1, intent()], [91, uncertain()], [800, halted[1]]];
    expect(rings(decide(9 * DAY, perhaps))).toBe(true);
    // Its time begins anew when sending goes on.
    expect(rings(decide(10 * DAY, [requested, halted, continued]))).toBe(true);
    expect(endOf(decide(10 * DAY + 1, [requested, halted, continued]))).toBe(
      'transmission/out-of-time',
    );
    expect(rings(decide(11 * DAY, [...perhaps, continued]))).toBe(true);
    const another: Told = [10 * DAY, { kind: 'halted', stop: 'another' }];
    expect(rings(decide(20 * DAY, [requested, halted, continued, another]))).toBe(true);
  });

  test('is declared uncertain when its worker died between intent and answer', () => {
    expect(decide(91, [requested, [1, intent()]])).toEqual(
      quiet({ facts: [uncertain()], lease: 'released', dueAt: atSecond(691) }),
    );
  });

  test('is sent again when the grace is over, or held when the plan says so', () => {
    const told: Told[] = [requested, [1, intent()], [91, uncertain()]];
    expect(decide(690, told)).toEqual(quiet({ facts: [], dueAt: atSecond(691) }));
    expect(rings(decide(691, told))).toBe(true);
    expect(decide(691, told, { uncertain: 'hold' })).toEqual(
      quiet({ facts: [], dueAt: atSecond(3 * DAY) }),
    );
  });

  test('is held once it was repeated twice', () => {
    const told: Told[] = [1, 2, 3].flatMap((n): Told[] => [
      [n * 1000, intent(n)],
      [n * 1000 + 1, uncertain(n)],
    ]);
    expect(decide(9000, told)).toEqual(quiet({ facts: [], dueAt: atSecond(3 * DAY) }));
  });

  test('is not sent a third time before the wait that the relay imposed on the second', () => {
    const told: Told[] = [
      [1, intent()],
      [91, uncertain()],
      [700, intent(2)],
      [701, deferred(2, 1001)],
    ];
    expect(decide(1000, told)).toEqual(quiet({ facts: [], dueAt: atSecond(1001) }));
    expect(rings(decide(1001, told))).toBe(true);
  });

  test('is sent at once when an operator found out that nothing had left, however late that is', () => {
    const found: Told = [2 * DAY, { kind: 'resolved', attempt: 1, as: 'not-sent' }];
    const told: Told[] = [requested, [1, intent()], [91, uncertain()], found];
    expect(rings(decide(2 * DAY, told, { uncertain: 'hold' }))).toBe(true);
    expect(rings(decide(3 * DAY, told))).toBe(true);
    expect(endOf(decide(3 * DAY + 1, told))).toBe('transmission/out-of-time');
  });

  test('is not kept waiting by an earlier deferral once an operator has spoken', () => {
    const told: Told[] = [requested, [1, deferred(1, 9000)]];
    const hastened: Told = [100, { kind: 'hastened', attempt: 1 }];
    expect(rings(decide(100, told))).toBe(false);
    expect(rings(decide(100, [...told, hastened]))).toBe(true);
    // His word counts for that wait, and for no later one.
    expect(rings(decide(200, [...told, hastened, [150, deferred(2, 9000)]]))).toBe(false);
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
    ).toEqual(quiet({ facts: [], dueAt: 'never' }));
  });
});

describe('a copy that left', () => {
  const sent: Told[] = [requested, [1, intent()], [10, accepted()]];

  test('counts from when an operator found out that it had left', () => {
    const found: Told = [5000, { kind: 'resolved', attempt: 1, as: 'sent' }];
    const told: Told[] = [requested, [1, intent()], [91, uncertain()], found];
    expect(decide(6000, told).addition).toEqual({ facts: [], dueAt: atSecond(8600) });
    expect(endOf(decide(8600, told))).toBe('notification/not-processed');
  });

  test('ends delivered when all its notices are there and nobody has said so', () => {
    const told: Told[] = [...sent, [20, notice('processed')], [21, notice('dispatched')]];
    expect(decide(30, told).addition).toEqual({ facts: [delivered], dueAt: 'never' });
  });

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

describe("a copy that somebody else's HISP has", () => {
  const taken: Told[] = [requested, [1, intentForHisp()], [10, accepted()]];

  test('notification/hisp-silent: when it says nothing within the longer of the two deadlines', () => {
    expect(decide(7209, taken).addition).toEqual({ facts: [], dueAt: atSecond(7210) });
    expect(endOf(decide(7210, taken))).toBe('notification/hisp-silent');
    const swapped = { processedWithinSeconds: 7200, dispatchedWithinSeconds: 3600 };
    expect(endOf(decide(7210, taken, swapped))).toBe('notification/hisp-silent');
    expect(endOf(decide(7209, taken, swapped))).toBeUndefined();
  });

  test.each([
    ['it says that it delivered it', confirmed],
    ['its recipient has received it', notice('processed')],
    ['it is in the mailbox', notice('dispatched')],
  ])('ends delivered when %s, and nobody has said so', (_, fact) => {
    const told: Told[] = [...taken, [20, fact]];
    expect(decide(30, told).addition).toEqual({ facts: [delivered], dueAt: 'never' });
  });

  test('is not delivered by where it is on its way', () => {
    const told: Told[] = [...taken, [20, { kind: 'relayed', noticeId: 'r', what: 'delivered' }]];
    expect(endOf(decide(7210, told))).toBe('notification/hisp-silent');
    const nowhere: Told[] = [...taken, [20, notice('dispatched', false)]];
    expect(endOf(decide(7210, nowhere))).toBe('notification/hisp-silent');
  });
});

describe('a copy whose way was changed between two attempts', () => {
  const sealedThenHisp: Told[] = [
    requested,
    [1, intent(1)],
    [91, uncertain(1)],
    [700, intentForHisp(2)],
    [701, accepted(2)],
  ];
  const turnedAway: Told[] = [
    requested,
    [1, intent(1)],
    [2, deferred(1, 60)],
    [60, intentForHisp(2)],
    [61, accepted(2)],
  ];

  test('asks the recipient for both notices while one that we sealed may have left', () => {
    const told: Told[] = [...sealedThenHisp, [710, notice('processed')]];
    expect(endOf(decide(7901, told))).toBe('notification/no-final-confirmation');
    expect(endOf(decide(4301, sealedThenHisp))).toBe('notification/not-processed');
  });

  test('is delivered all the same when the HISP that was given it says so', () => {
    const told: Told[] = [...sealedThenHisp, [710, confirmed]];
    expect(decide(720, told).addition).toEqual({ facts: [delivered], dueAt: 'never' });
  });

  test('is with the HISP when what went before was turned away', () => {
    expect(endOf(decide(7261, turnedAway))).toBe('notification/hisp-silent');
  });

  test('is not with the HISP that turned it away', () => {
    const told: Told[] = [
      requested,
      [1, intentForHisp(1)],
      [2, deferred(1, 60)],
      [60, intent(2)],
      [61, accepted(2)],
    ];
    expect(endOf(decide(3661, told))).toBe('notification/not-processed');
  });
});
