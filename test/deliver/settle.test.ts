import { describe, expect, test } from '@jest/globals';
import {
  accepted as relayTook,
  heldBack,
  refused as refusedBy,
  stopped,
  uncertain as answerLost,
} from '../../shared/deliver/settle.ts';
import type { Failure } from '../../shared/outcome.ts';
import type { Addition } from '../../shared/transmission/ledger.ts';
import type { History } from '../../shared/transmission/transmission.ts';
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

/** With the longest waits. */
const refused = (told: History, attempt: number, failure: Failure, now: Date) =>
  refusedBy(told, attempt, failure, now, () => 1);

const history = (...told: readonly Told[]) => historyOf(factsOf(requested, ...told));

describe('a refused attempt', () => {
  test('that may succeed later is tried again after the plan’s next wait', () => {
    expect(refused(history(), 1, { code: 'discover/unreachable' }, atSecond(10))).toEqual({
      facts: [
        {
          kind: 'deferred',
          attempt: 1,
          code: 'discover/unreachable',
          nextAttemptAt: atSecond(70).toISOString(),
        },
      ],
      lease: 'released',
      dueAt: atSecond(70),
    });
  });

  test.each([
    [0, 60],
    [1, 300],
    [2, 300],
    [7, 300],
  ])('waits longer the more often it was put off: after %i times up to %i s', (times, seconds) => {
    const before = Array.from({ length: times }, (_, n): Told => [n, deferred(n + 1, n)]);
    // Workers that died have used up numbers of attempts, and no waits.
    const addition = refused(history(...before), 20, { code: 'deliver/deferred' }, atSecond(10));
    expect(addition.dueAt).toEqual(atSecond(10 + seconds));
  });

  test('waits by chance, and at least a tenth of its wait', () => {
    const failure = { code: 'deliver/deferred' } as const;
    const due = [0, 0.5, 1].map(
      (chance) => refusedBy(history(), 1, failure, atSecond(0), () => chance).dueAt,
    );
    expect(due).toEqual([atSecond(6), atSecond(33), atSecond(60)]);
  });

  test('deliver/not-authorized: waits for an operator who corrects the credentials', () => {
    const addition = refused(history(), 1, { code: 'deliver/not-authorized' }, atSecond(0));
    expect(addition.facts).toMatchObject([{ kind: 'deferred', code: 'deliver/not-authorized' }]);
  });

  test('has all its time again when an operator found out that nothing had left', () => {
    const told = history([1, intent()], [2, uncertain()], [2 * DAY, { kind: 'resolved', attempt: 1, as: 'not-sent' }]); // prettier-ignore
    const again = (second: number) =>
      refused(told, 2, { code: 'deliver/deferred' }, atSecond(second)).facts[0]?.kind;
    expect(again(3 * DAY - 60)).toBe('deferred');
    expect(again(3 * DAY - 59)).toBe('ended');
  });

  test.each([
    ['trust/expired: it cannot succeed later', 10, 'trust/expired'],
    ['deliver/deferred: the next attempt would come too late', DAY - 59, 'deliver/deferred'],
  ] as const)('%s, so it ends', (_, second, code) => {
    expect(refused(history(), 1, { code }, atSecond(second))).toEqual({
      facts: [{ kind: 'ended', end: 'failed', code }],
      lease: 'released',
      dueAt: 'never',
    });
  });

  test('ends with the numbers of its refusal, if it has any', () => {
    const failure = { code: 'deliver/too-large', detail: '12 bytes, over 10' } as const;
    expect(refused(history(), 1, failure, atSecond(1)).facts).toEqual([
      { kind: 'ended', end: 'failed', ...failure },
    ]);
  });

  test('deliver/unresolved: the repeat of an uncertain copy was refused, the first may have arrived', () => {
    const told = history([1, intent()], [2, uncertain()], [700, intent(2)]);
    const failure = { code: 'deliver/refused', detail: 'SMTP 550' } as const;
    expect(refused(told, 2, failure, atSecond(701)).facts).toEqual([
      { kind: 'ended', end: 'failed', code: 'deliver/unresolved' },
    ]);
  });

  test('deliver/refused: of a first copy that the relay turned away nothing left', () => {
    const told = history([1, intent()], [2, deferred(1, 60)], [60, intent(2)]);
    expect(refused(told, 2, { code: 'deliver/refused' }, atSecond(61)).facts).toEqual([
      { kind: 'ended', end: 'failed', code: 'deliver/refused' },
    ]);
  });
});

describe('a copy for which the relay may not be asked now', () => {
  const until = atSecond(30);

  test('is due a little later, and leaves no fact', () => {
    expect(heldBack(history(), { code: 'deliver/rate-limited' }, until)).toEqual({
      facts: [],
      dueAt: until,
      whileActive: true,
    });
  });

  test('deliver/circuit-open: ends with it when that would be too late', () => {
    const failure = { code: 'deliver/circuit-open' } as const;
    expect(heldBack(history(), failure, atSecond(DAY)).facts).toEqual([]);
    expect(heldBack(history(), failure, atSecond(DAY + 1))).toMatchObject({
      facts: [{ kind: 'ended', end: 'failed', code: 'deliver/circuit-open' }],
      dueAt: 'never',
      whileActive: true,
    });
  });

  test('goes on waiting when it may have left: its end is another', () => {
    const told = history([1, intent()], [2, uncertain()]);
    const failure = { code: 'deliver/circuit-open' } as const;
    expect(heldBack(told, failure, atSecond(DAY + 1))).toMatchObject({ facts: [] });
  });
});

describe('a revoked request', () => {
  test('transmit-request/revoked: stops a copy of which nothing left', () => {
    expect(
      stopped(history([1, deferred(1, 60)]), 'transmit-request/revoked', atSecond(60)).facts,
    ).toEqual([{ kind: 'ended', end: 'stopped', code: 'transmit-request/revoked' }]);
  });

  test('leaves a copy that another worker has at the relay to that worker', () => {
    const told = history([1, intent()]);
    expect(stopped(told, 'transmit-request/revoked', atSecond(2))).toEqual({ facts: [] });
  });

  test('never says of an uncertain copy that it was stopped', () => {
    const told = history([1, intent()], [2, uncertain()]);
    expect(stopped(told, 'transmit-request/revoked', atSecond(700))).toEqual({
      facts: [],
      dueAt: atSecond(3 * DAY),
    });
    expect(stopped(told, 'transmit-request/expired', atSecond(3 * DAY)).facts).toEqual([
      { kind: 'ended', end: 'failed', code: 'deliver/unresolved' },
    ]);
  });
});

describe('what failed after a notice had come', () => {
  const noticed = history([1, intent()], [2, uncertain()], [3, notice('processed')]);
  const over = history([1, intent()], [2, accepted()], [3, delivered]);
  const late = atSecond(700);

  test.each([
    ['a refusal by the relay', (told) => refused(told, 2, { code: 'deliver/refused' }, late)],
    ['a lost answer of the relay', (told) => answerLost(told, 2, late)],
    ['a revocation', (told) => stopped(told, 'transmit-request/revoked', late)],
  ] as readonly (readonly [string, (told: History) => Addition])[])(
    '%s says nothing of a copy that is known to have left, or has ended',
    (_, settle) => {
      expect(settle(noticed)).toEqual({ facts: [], lease: 'released' });
      expect(settle(over)).toEqual({ facts: [], lease: 'released', dueAt: 'never' });
    },
  );

  test('and the relay’s yes moves no deadline of it', () => {
    const facts = [{ kind: 'accepted', attempt: 2, receipt: '250' }];
    expect(relayTook(noticed, 2, { receipt: '250' }, late)).toEqual({ facts, lease: 'released' });
    expect(relayTook(over, 2, { receipt: '250' }, late)).toEqual({
      facts,
      lease: 'released',
      dueAt: 'never',
    });
  });
});
