import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { DirectAddress, MessageId } from '../../shared/ids.ts';
import type { Disposition, Notice } from '../../shared/notification/notice.ts';
import { recordNotice } from '../../shared/notification/record-notice.ts';
import { statusOf } from '../../shared/status/status.ts';
import type { Fact } from '../../shared/transmission/facts.ts';
import type { History, Plan } from '../../shared/transmission/transmission.ts';
import { cases } from '../support/counts.ts';
import {
  accepted,
  atSecond,
  delivered,
  factsOf,
  historyOf,
  intent,
  notice,
  overdue,
  RECIPIENT,
  type Told,
} from '../support/histories.ts';

const sent: Told[] = [
  [1, intent()],
  [2, accepted()],
];

const saying = (disposition: Disposition, rest: Partial<Notice> = {}): Notice => ({
  id: `id-${disposition}`,
  originalMessageId: 'm@holder.example' as MessageId,
  finalRecipient: RECIPIENT,
  disposition,
  error: false,
  final: disposition === 'dispatched',
  ...rest,
});

const told = (facts: readonly Told[], plan: Partial<Plan> = {}) =>
  historyOf(factsOf(...facts), { plan });

const added = (history: History, said: Notice) => {
  const outcome = recordNotice(history, said);
  return outcome.ok ? outcome.value : outcome.failure.code;
};

describe('a notice', () => {
  test('`processed` alone moves the deadline to the mailbox’s', () => {
    expect(added(told(sent), saying('processed'))).toEqual({
      facts: [{ kind: 'processed', noticeId: 'id-processed', final: false }],
      dueAt: atSecond(7202),
    });
  });

  test('`processed` is enough where the plan says so', () => {
    expect(added(told(sent, { delivery: 'processed' }), saying('processed'))).toMatchObject({
      facts: [{ kind: 'processed' }, delivered],
      dueAt: 'never',
    });
  });

  test.each([
    ['failed', {}],
    ['denied', {}],
    ['processed', { error: true }],
  ] as const)(
    'notification/recipient-failed: `%s` %j ends the transmission',
    (disposition, rest) => {
      expect(added(told(sent), saying(disposition, rest))).toMatchObject({
        facts: [
          { kind: 'recipient-failed' },
          { kind: 'ended', end: 'failed', code: 'notification/recipient-failed' },
        ],
      });
    },
  );

  test.each(['displayed', 'deleted'] as const)('`%s` says nothing of delivery', (disposition) => {
    expect(added(told(sent), saying(disposition))).toEqual({ facts: [] });
  });

  test('`dispatched` without the X-DIRECT field does not complete a delivery', () => {
    const history = told([...sent, [3, notice('processed')]]);
    const addition = added(history, saying('dispatched', { final: false }));
    expect(addition).toMatchObject({ facts: [{ kind: 'dispatched', final: false }] });
  });

  test('notification/wrong-recipient: it speaks for another address', () => {
    const other = 'dr.roe@direct.clinic.example' as DirectAddress;
    expect(added(told(sent), saying('processed', { finalRecipient: other }))).toBe(
      'notification/wrong-recipient',
    );
    const upper = RECIPIENT.toUpperCase() as DirectAddress;
    expect(added(told(sent), saying('processed', { finalRecipient: upper }))).toMatchObject({
      facts: [{ kind: 'processed' }],
    });
  });

  test('after the end is kept as late and flips nothing', () => {
    const addition = added(told([...sent, [3601, overdue]]), saying('dispatched'));
    expect(addition).toEqual({
      facts: [{ kind: 'late-notice', noticeId: 'id-dispatched', disposition: 'dispatched' }],
    });
  });

  test('notification/too-many: a recipient that never stops answering', () => {
    const answers = Array.from({ length: 200 }, (_, n): Told => {
      return [4, { kind: 'late-notice', noticeId: `n-${n}`, disposition: 'processed' }];
    });
    const full = told([...sent, ...answers]);
    expect(added(full, saying('processed'))).toBe('notification/too-many');
    const almost = { ...full, facts: full.facts.slice(0, -1) };
    expect(added(almost, saying('processed'))).not.toBe('notification/too-many');
  });

  test('that was in time is not late when it is repeated after the end', () => {
    const history = told([
      ...sent,
      [3, notice('processed')],
      [4, notice('dispatched')],
      [4, delivered],
    ]);
    expect(added(history, saying('processed', { id: 'n-processed' }))).toEqual({ facts: [] });
  });
});

test('processed and dispatched deliver in either order, with any repeats', () => {
  const notices = [saying('processed'), saying('dispatched'), saying('displayed')];
  fc.assert(
    fc.property(fc.shuffledSubarray([...notices, ...notices], { minLength: 6 }), (arriving) => {
      let history = told(sent);
      for (const [index, said] of arriving.entries()) history = after(history, said, index);
      expect(statusOf(history.facts)).toEqual({ status: 'delivered' });
      expect(history.facts.filter(({ kind }) => kind === 'ended')).toHaveLength(1);
    }),
    { numRuns: cases(100) },
  );
});

/** What a ledger does: facts that are there already are not added again. */
function after(history: History, said: Notice, index: number): History {
  const outcome = recordNotice(history, said);
  if (!outcome.ok) throw new Error(outcome.failure.code);
  const known = new Set(
    history.facts.map((fact) => ('noticeId' in fact ? fact.noticeId : fact.kind)),
  );
  const fresh = outcome.value.facts.filter(
    (fact) => !known.has('noticeId' in fact ? fact.noticeId : fact.kind),
  );
  const facts = fresh.map((fact, place): Fact => ({
    ...fact,
    sequence: history.facts.length + place + 1,
    at: atSecond(10 + index).toISOString(),
  }));
  return { ...history, facts: [...history.facts, ...facts] };
}
