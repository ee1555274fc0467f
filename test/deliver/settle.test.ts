import { describe, expect, test } from '@jest/globals';
import { refused, revoked } from '../../shared/deliver/settle.ts';
import {
  atSecond,
  deferred,
  factsOf,
  historyOf,
  intent,
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

  test('deliver/unresolved: the repeat of an uncertain copy was refused, the first may have arrived', () => {
    const told = history([1, intent()], [2, uncertain()], [700, intent(2)]);
    expect(refused(told, 2, { code: 'deliver/refused' }, atSecond(701)).facts).toEqual([
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
    expect(revoked(history([1, deferred(1, 60)]), atSecond(60)).facts).toEqual([
      { kind: 'ended', end: 'stopped', code: 'transmit-request/revoked' },
    ]);
  });

  test('never says of an uncertain copy that it was stopped', () => {
    const told = history([1, intent()], [2, uncertain()]);
    expect(revoked(told, atSecond(700))).toEqual({ facts: [], dueAt: atSecond(3 * DAY) });
    expect(revoked(told, atSecond(3 * DAY)).facts).toEqual([
      { kind: 'ended', end: 'failed', code: 'deliver/unresolved' },
    ]);
  });
});
