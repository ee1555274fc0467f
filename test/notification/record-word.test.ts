import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { NoticeFact, Word } from '../../shared/notification/belief/word.ts';
import { additionOf } from '../../shared/notification/record-word.ts';
import { statusOf } from '../../shared/status/status.ts';
import type { Fact } from '../../shared/transmission/facts.ts';
import type { History, Plan } from '../../shared/transmission/transmission.ts';
import { cases } from '../support/counts.ts';
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

const sent: Told[] = [
  [1, intent()],
  [2, accepted()],
];

type Kind = 'processed' | 'dispatched' | 'recipient-failed';

const saying = (kind: Kind, final = kind === 'dispatched'): Word => ({
  fact: { kind, noticeId: `id-${kind}`, final },
});

const relayed = (what: 'taken' | 'delivered' | 'delayed'): Word => ({
  fact: { kind: 'relayed', noticeId: `id-${what}`, what },
});

const bounced = (attempt?: number): Word => ({
  fact: { kind: 'bounced', noticeId: `id-bounced-${attempt}`, code: 'deliver/bounced' },
  ...(attempt !== undefined && { attempt }),
});

const told = (facts: readonly Told[], plan: Partial<Plan> = {}) =>
  historyOf(factsOf(...facts), { plan });

const added = (history: History, word: Word) => {
  const outcome = additionOf(history, word);
  return outcome.ok ? outcome.value : outcome.failure.code;
};

describe('a notice of the recipient’s side', () => {
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

  test('`dispatched` before `processed` delivers nothing, and after it does', () => {
    expect(added(told(sent), saying('dispatched'))).toEqual({
      facts: [{ kind: 'dispatched', noticeId: 'id-dispatched', final: true }],
      dueAt: atSecond(3602),
    });
    expect(added(told([...sent, [3, notice('processed')]]), saying('dispatched'))).toMatchObject({
      facts: [{ kind: 'dispatched' }, delivered],
    });
  });

  test('`dispatched` without the X-DIRECT field does not complete a delivery', () => {
    const history = told([...sent, [3, notice('processed')]]);
    const addition = added(history, saying('dispatched', false));
    expect(addition).toMatchObject({ facts: [{ kind: 'dispatched', final: false }] });
  });

  test('notification/recipient-failed: it could not be delivered', () => {
    for (const before of [sent, [...sent, [3, notice('processed')]] as Told[]]) {
      expect(added(told(before), saying('recipient-failed'))).toEqual({
        facts: [
          { kind: 'recipient-failed', noticeId: 'id-recipient-failed', final: false },
          { kind: 'ended', end: 'failed', code: 'notification/recipient-failed' },
        ],
        dueAt: 'never',
      });
    }
  });

  test('notification/too-many: a recipient that never stops answering', () => {
    const answers = Array.from({ length: 200 }, (_, n): Told => {
      return [4, { kind: 'late-notice', noticeId: `n-${n}`, disposition: 'processed' }];
    });
    const full = told([...sent, [3, delivered], ...answers]);
    expect(added(full, saying('processed'))).toBe('notification/too-many');
    const almost = { ...full, facts: full.facts.slice(0, -1) };
    expect(added(almost, saying('processed'))).not.toBe('notification/too-many');
  });

  test('notification/too-many: a server on the way, and the recipient is heard all the same', () => {
    const delays = Array.from({ length: 200 }, (_, n): Told => {
      return [4, { kind: 'relayed', noticeId: `n-${n}`, what: 'delayed' }];
    });
    const full = told([...sent, ...delays]);
    expect(added(full, relayed('delayed'))).toBe('notification/too-many');
    expect(added(full, saying('processed'))).not.toBe('notification/too-many');
  });
});

describe('a word of the copy’s way', () => {
  test.each(['taken', 'delivered', 'delayed'] as const)(
    '`%s` settles an uncertain copy: from now on its notices are awaited',
    (what) => {
      const lost = told([
        [1, intent()],
        [91, uncertain()],
      ]);
      expect(added(lost, relayed(what))).toEqual({
        facts: [relayed(what).fact],
        dueAt: atSecond(3601),
      });
    },
  );

  test('deliver/bounced: it came back, before or after `processed`', () => {
    for (const before of [sent, [...sent, [3, notice('processed')]] as Told[]]) {
      expect(added(told(before), bounced(1))).toEqual({
        facts: [bounced(1).fact, { kind: 'ended', end: 'failed', code: 'deliver/bounced' }],
        dueAt: 'never',
      });
    }
    expect(added(told(sent), bounced())).toMatchObject({ facts: [{}, { kind: 'ended' }] });
  });

  test('what came back is no end while the same copy was sent again, until that comes back too', () => {
    const twice = told([
      [1, intent(1)],
      [91, uncertain(1)],
      [700, intent(2)],
      [701, accepted(2)],
    ]);
    expect(added(twice, bounced(1))).toEqual({ facts: [bounced(1).fact] });
    expect(added(twice, bounced(2))).toMatchObject({ facts: [{}, { kind: 'ended' }] });
  });

  test('what came back is the end when the next attempt did not leave', () => {
    const turnedAway = told([
      [1, intent(1)],
      [91, uncertain(1)],
      [700, intent(2)],
      [701, deferred(2, 900)],
    ]);
    expect(added(turnedAway, bounced(1))).toMatchObject({
      facts: [{ kind: 'accepted', attempt: 1 }, { kind: 'bounced' }, { kind: 'ended' }],
    });
  });

  test('what came back has left, also when its worker died before it could say so', () => {
    for (const [word, before] of [
      [bounced(1), [[1, intent(1)]]],
      [bounced(), [[1, intent(1)]]],
      [
        bounced(),
        [
          [1, intent(1)],
          [2, relayed('taken').fact],
        ],
      ],
    ] as [Word, Told[]][]) {
      expect(added(told(before), word)).toMatchObject({
        facts: [{ kind: 'accepted', attempt: 1 }, { kind: 'bounced' }, { kind: 'ended' }],
        dueAt: 'never',
      });
    }
  });
});

describe('after the end', () => {
  test.each<[Word, string]>([
    [saying('processed'), 'processed'],
    [saying('dispatched'), 'dispatched'],
    [saying('recipient-failed'), 'failed'],
    [bounced(1), 'bounced'],
  ])('%j is kept as late and flips nothing', (word, disposition) => {
    const { noticeId } = word.fact;
    for (const end of [overdue, delivered]) {
      expect(added(told([...sent, [3601, end]]), word)).toEqual({
        facts: [{ kind: 'late-notice', noticeId, disposition }],
      });
    }
  });

  test('where the copy was on its way is no news about the end', () => {
    expect(added(told([...sent, [9, delivered]]), relayed('delivered'))).toEqual({
      facts: [relayed('delivered').fact],
    });
  });
});

const EVERY_WORD: readonly Word[] = [
  saying('processed'),
  saying('dispatched'),
  { fact: { kind: 'dispatched', noticeId: 'id-of-a-second', final: true } },
  { fact: { kind: 'dispatched', noticeId: 'id-not-final', final: false } },
  saying('recipient-failed'),
  relayed('taken'),
  relayed('delivered'),
  relayed('delayed'),
  bounced(1),
  bounced(),
];
const NO_FAILURE = EVERY_WORD.filter(
  ({ fact: { kind } }) => kind !== 'bounced' && kind !== 'recipient-failed',
);

/** Any order of some words, each once or several times. */
const anyOrder = (words: readonly Word[]) =>
  fc
    .array(fc.constantFrom(...words), { maxLength: 12 })
    .chain((more) =>
      fc.shuffledSubarray([...words, ...more], { minLength: words.length + more.length }),
    );

const heard = (arriving: readonly Word[]): History =>
  arriving.reduce((history, word, index) => after(history, word, index), told(sent));

const idsIn = ({ facts }: History) =>
  facts.flatMap((fact) => ('noticeId' in fact ? [fact.noticeId] : [])).sort();

const endsOf = ({ facts }: History) => facts.filter(({ kind }) => kind === 'ended');

describe('whatever comes, in whatever order, however often', () => {
  test('processed and dispatched deliver, whatever the relay says beside them', () => {
    fc.assert(
      fc.property(anyOrder(NO_FAILURE), (arriving) => {
        const history = heard(arriving);
        expect(statusOf(history.facts)).toEqual({ status: 'delivered' });
        expect(endsOf(history)).toHaveLength(1);
      }),
      { numRuns: cases(200) },
    );
  });

  test('each word is one fact, the same one but for what came after the end', () => {
    const wanted = EVERY_WORD.map(({ fact }) => fact.noticeId).sort();
    fc.assert(
      fc.property(anyOrder(EVERY_WORD), (arriving) => {
        const history = heard(arriving);
        expect(idsIn(history)).toEqual(wanted);
        const [end, ...more] = endsOf(history);
        expect(more).toEqual([]);
        expect(history.facts.filter((fact) => isInPlace(fact, end))).toHaveLength(
          history.facts.length,
        );
      }),
      { numRuns: cases(200) },
    );
  });

  test('what comes after the end never flips it', () => {
    fc.assert(
      fc.property(anyOrder(EVERY_WORD), fc.constantFrom(delivered, overdue), (arriving, end) => {
        const before = told([...sent, [3, end]]);
        const history = arriving.reduce(after, before);
        expect(statusOf(history.facts)).toEqual(statusOf(before.facts));
        expect(endsOf(history)).toHaveLength(1);
      }),
      { numRuns: cases(200) },
    );
  });
});

/** Before the end a word is the fact that it brings, after it a late one; what the relay says is the same always. */
function isInPlace(fact: Fact, end: Fact | undefined): boolean {
  if (!('noticeId' in fact)) return true;
  const word = EVERY_WORD.find((each) => each.fact.noticeId === fact.noticeId)?.fact as NoticeFact;
  const isLate = end !== undefined && fact.sequence > end.sequence;
  return fact.kind === (isLate && word.kind !== 'relayed' ? 'late-notice' : word.kind);
}

/** What is written down of a word: a notice that is known is not written again. */
function after(history: History, word: Word, index: number): History {
  const isKnown = history.facts.some(
    (fact) => 'noticeId' in fact && fact.noticeId === word.fact.noticeId,
  );
  if (isKnown) return history;
  const outcome = additionOf(history, word);
  if (!outcome.ok) throw new Error(outcome.failure.code);
  const facts = outcome.value.facts.map((fact, place): Fact => ({
    ...fact,
    sequence: history.facts.length + place + 1,
    at: atSecond(10 + index).toISOString(),
  }));
  return { ...history, facts: [...history.facts, ...facts] };
}
