import { describe, expect, test } from '@jest/globals';
import {
  accepted as relayTook,
  refused,
  stopped,
  uncertain as answerLost,
} from '../../shared/deliver/settle.ts';
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
    const third = refused(history(), 3, { code: 'deliver/deferred' }, atSecond(10));
    expect(third.dueAt).toEqual(atSecond(310));
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
    expect(relayTook(noticed, 2, '250', late)).toEqual({ facts, lease: 'released' });
    expect(relayTook(over, 2, '250', late)).toEqual({ facts, lease: 'released', dueAt: 'never' });
  });
});
