import { describe, expect, test } from '@jest/globals';
import { hastened, resolved, type Word } from '../../shared/deliver/by-hand.ts';
import { claim } from '../../shared/deliver/claim.ts';
import { statusOf } from '../../shared/status/status.ts';
import type { FactBody } from '../../shared/transmission/facts.ts';
import type { Addition } from '../../shared/transmission/ledger.ts';
import type { Outcome } from '../../shared/outcome.ts';
import {
  accepted,
  atSecond,
  deferred,
  delivered,
  factsOf,
  historyOf,
  intent,
  notice,
  overdue,
  uncertain,
  type Told,
} from '../support/histories.ts';

const DAY = 86_400;
const requested: Told = [0, { kind: 'requested', trigger: 'discharge' }];
const lost: Told[] = [requested, [1, intent()], [2, uncertain()]];
const word = (as: Word, attempt = 1): FactBody => ({ kind: 'resolved', attempt, as });
const taken: FactBody = { kind: 'relayed', noticeId: 'r', what: 'taken' };

const resolve = (as: Word, second: number, told: readonly Told[], attempt = 1) =>
  resolved(historyOf(factsOf(...told)), { as, attempt }, atSecond(second));
const codeOf = (decided: Outcome<Addition>) => (decided.ok ? 'done' : decided.failure.code);

describe('an operator says of an uncertain copy', () => {
  test('that it was sent: its deadlines run from then', () => {
    expect(resolve('sent', 2 * DAY, lost)).toEqual({
      ok: true,
      value: { facts: [word('sent')], dueAt: atSecond(2 * DAY + 3600) },
    });
    expect(statusOf(factsOf(...lost, [2 * DAY, word('sent')]))).toEqual({ status: 'sent' });
  });

  test('that it was not sent: it is due now, and may be claimed while request and address are active', () => {
    expect(resolve('not-sent', 2 * DAY, lost)).toEqual({
      ok: true,
      value: { facts: [word('not-sent')], dueAt: atSecond(2 * DAY) },
    });
    const after = historyOf(factsOf(...lost, [2 * DAY, word('not-sent')]));
    expect(statusOf(after.facts)).toEqual({ status: 'waiting' });
    expect(claim(after, 'worker', atSecond(2 * DAY))).toMatchObject({
      value: { lease: { attempt: 2 }, whileActive: true },
    });
  });

  test('the same of each attempt at it', () => {
    const twice: Told[] = [...lost, [700, intent(2)], [701, uncertain(2)]];
    const said = resolve('not-sent', 800, twice, 2);
    expect(said).toMatchObject({ value: { facts: [word('not-sent'), word('not-sent', 2)] } });
    const after = factsOf(...twice, [800, word('not-sent')], [800, word('not-sent', 2)]);
    expect(statusOf(after).status).toBe('waiting');
  });

  test('also when it is held, and when its repeat was turned away', () => {
    const held = historyOf(factsOf(...lost), { plan: { uncertain: 'hold' } });
    expect(codeOf(resolved(held, { as: 'sent', attempt: 1 }, atSecond(DAY)))).toBe('done');
    const turnedAway: Told[] = [...lost, [700, intent(2)], [701, deferred(2, 9000)]];
    expect(resolve('sent', 800, turnedAway)).toMatchObject({ value: { facts: [word('sent')] } });
    // What the repeat waits for counts no more.
    const after = historyOf(factsOf(...turnedAway, [800, word('not-sent')]));
    expect(claim(after, 'worker', atSecond(800)).ok).toBe(true);
  });

  test('what he has said already: it counts once', () => {
    for (const as of ['sent', 'not-sent'] as const) {
      expect(resolve(as, 200, [...lost, [100, word(as)]])).toEqual({
        ok: true,
        value: { facts: [] },
      });
    }
    // Of another attempt it is another word.
    const again: Told[] = [...lost, [100, word('not-sent')], [200, intent(2)], [201, uncertain(2)]];
    expect(resolve('not-sent', 300, again, 2)).toMatchObject({
      value: { facts: [word('not-sent', 2)] },
    });
  });

  test('deliver/attempted-since: of an attempt that he has not looked at he knows nothing', () => {
    const again: Told[] = [...lost, [200, intent(2)], [201, uncertain(2)]];
    for (const as of ['sent', 'not-sent'] as const) {
      expect(codeOf(resolve(as, 300, again))).toBe('deliver/attempted-since');
      expect(codeOf(resolve(as, 300, again, 3))).toBe('deliver/attempted-since');
    }
  });

  test('when the call is repeated after the next attempt was lost too, nothing of that one', () => {
    const again: Told[] = [...lost, [100, word('not-sent')], [200, intent(2)], [201, uncertain(2)]];
    expect(resolve('not-sent', 300, again)).toEqual({ ok: true, value: { facts: [] } });
  });

  test.each([
    ['it waits', [requested]],
    ['a worker has it at the relay', [requested, [1, intent()]]],
    ['the relay took it', [requested, [1, intent()], [2, accepted()]]],
    ['the relay says so now', [...lost, [3, taken]]],
    ['its recipient has answered', [...lost, [3, notice('processed')]]],
    ['it has ended', [...lost, [3, overdue]]],
    ['he said the opposite', [...lost, [3, word('sent')]]],
  ] as readonly (readonly [string, readonly Told[]])[])(
    'deliver/not-uncertain: nothing, when %s',
    (_, told) => {
      expect(codeOf(resolve('not-sent', 100, told))).toBe('deliver/not-uncertain');
    },
  );
});

const hasten = (second: number, told: readonly Told[], lease?: { readonly until: Date }) =>
  hastened(
    historyOf(
      factsOf(...told),
      lease && { lease: { owner: 'w', attempt: 2, until: lease.until.toISOString() } },
    ),
    atSecond(second),
  );

describe('an operator who wants a copy tried now', () => {
  const waiting: Told[] = [requested, [1, deferred(1, 9000)]];

  test('ends its wait', () => {
    expect(hasten(100, waiting)).toEqual({
      ok: true,
      value: { facts: [{ kind: 'hastened', attempt: 1 }], dueAt: atSecond(100) },
    });
    const after = historyOf(factsOf(...waiting, [100, { kind: 'hastened', attempt: 1 }]));
    expect(claim(after, 'worker', atSecond(99))).toMatchObject({
      failure: { code: 'transmission/not-due' },
    });
    expect(claim(after, 'worker', atSecond(100)).ok).toBe(true);
  });

  test.each([
    ['was never tried', [requested]],
    ['waits no more', [requested, [1, deferred(1, 61)]]],
    ['was hastened already', [...waiting, [50, { kind: 'hastened', attempt: 1 }]]],
  ] as readonly (readonly [string, readonly Told[]])[])(
    'leaves no fact of one that %s, and has it looked at',
    (_, told) => {
      expect(hasten(100, told)).toEqual({ ok: true, value: { facts: [], dueAt: atSecond(100) } });
    },
  );

  test.each([
    ['transmission/ended', [...waiting, [2, overdue]]],
    ['transmission/ended', [requested, [1, intent()], [2, accepted()], [3, delivered]]],
    ['transmission/handed-over', [requested, [1, intent()], [2, accepted()]]],
    ['transmission/handed-over', lost],
  ] as readonly (readonly [string, readonly Told[]])[])('%s: after %j', (code, told) => {
    expect(codeOf(hasten(100, told))).toBe(code);
  });

  test('transmission/leased: it is being tried', () => {
    const leasedUntil = { until: atSecond(150) };
    expect(codeOf(hasten(149, waiting, leasedUntil))).toBe('transmission/leased');
    expect(codeOf(hasten(150, waiting, leasedUntil))).toBe('done');
  });
});
