import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { planAddition } from '../../shared/adapters/dynamo/ledger/addition.ts';
import { hastened, resolved } from '../../shared/deliver/by-hand.ts';
import { claim, holdsLease, stillToSend } from '../../shared/deliver/claim.ts';
import { accepted, heldBack, refused, stopped, uncertain } from '../../shared/deliver/settle.ts';
import { FAILURES, type FailureCode } from '../../shared/failures.ts';
import { additionOf } from '../../shared/notification/record-word.ts';
import { done, type Outcome } from '../../shared/outcome.ts';
import { dueDecision } from '../../shared/status/due.ts';
import { sentenceOf } from '../../shared/status/sentences.ts';
import { viewOf } from '../../shared/status/view.ts';
import type { FactBody } from '../../shared/transmission/facts.ts';
import type { Addition } from '../../shared/transmission/ledger.ts';
import { progressOf } from '../../shared/transmission/progress.ts';
import type { History } from '../../shared/transmission/transmission.ts';
import { cases } from '../support/counts.ts';
import { atSecond, factsOf, historyOf, intent } from '../support/histories.ts';

/** What would say of a copy that it did not go out. */
const NOT_SENT =
  /\b(?:was|were|is|did|does|has|have|could)(?: not|n't)(?: \w+){0,2} (?:sent|leave|left)\b|\b(?:nothing|never)(?: was| has)? (?:been )?(?:sent|left)\b|\bnot sent\b/i;

describe('what would say that a copy was not sent', () => {
  test.each([
    'The copy was not sent.',
    'The copy could not be sent.',
    'It did not leave.',
    'The message has not left.',
    'Nothing was sent.',
    'It never left.',
  ])('is known by its words: %s', (sentence) => {
    expect(sentence).toMatch(NOT_SENT);
  });

  test.each(['The copy left.', 'It is not known whether the message left.', 'It may have left.'])(
    'and not by others: %s',
    (sentence) => {
      expect(sentence).not.toMatch(NOT_SENT);
    },
  );
});

/** What somebody does about a copy; a refusal changes nothing. */
type Move = (history: History, now: Date) => Outcome<Addition>;

const attemptOf = ({ lease }: History): number => lease?.attempt ?? 1;
const isAtRelay = (history: History): boolean => {
  const { lease, facts } = history;
  return facts.some((fact) => fact.kind === 'intent' && fact.attempt === lease?.attempt);
};
const NOTHING = done<Addition>({ facts: [] });

/** A worker that may be anywhere in its work, and may have lost its lease long ago. */
const sender: Record<string, Move> = {
  claims: (history, now) => claim(history, 'w', now),
  intends: (history) => {
    const held = holdsLease(history, 'w', attemptOf(history));
    const toSend = stillToSend(history);
    if (!held.ok) return held;
    return toSend.ok ? done({ facts: [intent(attemptOf(history))] }) : toSend;
  },
  'is accepted': (history, now) =>
    isAtRelay(history) ? done(accepted(history, attemptOf(history), '250', now)) : NOTHING,
  'has no answer': (history, now) =>
    isAtRelay(history) ? done(uncertain(history, attemptOf(history), now)) : NOTHING,
};

const CODES = Object.keys(FAILURES) as FailureCode[];

/** Steps that may refuse an attempt. */
const OF_AN_ATTEMPT = CODES.filter((code) =>
  /^(?:patient|record|discover|trust|package|secure|deliver)\//.test(code),
);

/** Before the intent or after it, for any reason that there is. */
const refusal = fc.constantFrom(...OF_AN_ATTEMPT).map((code): [string, Move] => [
  `refused: ${code}`,
  (history, now) => {
    const isPossible = history.lease && isAtRelay(history) === code.startsWith('deliver/');
    return isPossible
      ? done(refused(history, attemptOf(history), { code }, now, () => 0.5))
      : NOTHING;
  },
]);

const operator: Record<string, Move> = {
  'said to be sent': (history, now) => resolved(history, 'sent', now),
  'said not to be sent': (history, now) => resolved(history, 'not-sent', now),
  hastened: (history, now) => hastened(history, now),
};

const others: Record<string, Move> = {
  swept: (history, now) => {
    const ringing = { lostAfterSeconds: 60, afterSeconds: 0 };
    return done(dueDecision(history, now, ringing).addition);
  },
  revoked: (history, now) => done(stopped(history, 'transmit-request/revoked', now)),
  paused: (history, now) => done(stopped(history, 'transmit-request/paused', now)),
  'held back': (history, now) => {
    const claimable = claim(history, '', now);
    return claimable.ok ? done(heldBack(history, { code: 'deliver/circuit-open' }, now)) : NOTHING;
  },
};

/** Of a copy of which no hand-over was begun nobody can tell anything. */
const told =
  (fact: FactBody): Move =>
  (history) =>
    progressOf(history.facts).attempts > 0 && history.facts.some(({ kind }) => kind === 'intent')
      ? additionOf(history, { fact } as Parameters<typeof additionOf>[1])
      : NOTHING;

const notice = fc
  .tuple(
    fc.nat(3).map((n) => `n${n}`),
    fc.constantFrom<((noticeId: string) => FactBody)[]>(
      (noticeId) => ({ kind: 'processed', noticeId, final: false }),
      (noticeId) => ({ kind: 'dispatched', noticeId, final: true }),
      (noticeId) => ({ kind: 'dispatched', noticeId, final: false }),
      (noticeId) => ({ kind: 'recipient-failed', noticeId, final: false }),
      (noticeId) => ({ kind: 'relayed', noticeId, what: 'taken' }),
      (noticeId) => ({ kind: 'relayed', noticeId, what: 'delivered' }),
      (noticeId) => ({ kind: 'relayed', noticeId, what: 'delayed' }),
      (noticeId) => ({ kind: 'bounced', noticeId, code: 'deliver/bounced' }),
      (noticeId) => ({ kind: 'bounced', noticeId, code: 'deliver/suppressed' }),
      (noticeId) => ({ kind: 'bounced', noticeId, code: 'deliver/bad-content' }),
    ),
  )
  .map(([noticeId, make]): [string, Move] => [`told ${make(noticeId).kind}`, told(make(noticeId))]);

const named = (moves: Readonly<Record<string, Move>>) => fc.constantFrom(...Object.entries(moves));

const move = fc.oneof(
  { weight: 6, arbitrary: named(sender) },
  { weight: 2, arbitrary: refusal },
  { weight: 2, arbitrary: named(operator) },
  { weight: 3, arbitrary: named(others) },
  { weight: 2, arbitrary: notice },
);

/** Seconds between two moves: most are short, some are longer than a lease, a grace, a deadline, a day. */
const pause = fc.constantFrom(0, 1, 10, 100, 700, 4000, 90_000);

function after(history: History, addition: Addition, now: Date): History {
  const meta = { transmission: history.transmission, version: 1, sequence: history.facts.length };
  return planAddition({ history, meta }, addition, now).history;
}

/** That the copy may have left is on record, and nobody has found out otherwise. */
function mayHaveLeft({ facts }: History): boolean {
  const { openIntent, uncertain: declared, handedOverAt } = progressOf(facts);
  const PROVEN = ['accepted', 'processed', 'dispatched', 'recipient-failed', 'relayed', 'bounced'];
  return (
    handedOverAt !== undefined ||
    (openIntent !== undefined && declared !== undefined) ||
    facts.some(({ kind }) => PROVEN.includes(kind))
  );
}

/** How a copy ends of which somebody may have something. */
const AFTER_HAND_OVER =
  /^(?:notification\/(?:not-processed|no-final-confirmation|recipient-failed)|deliver\/(?:unresolved|bounced|suppressed|bad-content))$/;

const story = fc.record({
  uncertain: fc.constantFrom('resend' as const, 'hold' as const),
  moves: fc.array(fc.tuple(pause, move), { minLength: 8, maxLength: 40 }),
});

test('no sentence says "not sent" of a copy that was handed over, whatever happens to it', () => {
  const ends = new Set<string>();
  fc.assert(
    fc.property(story, ({ uncertain: rule, moves }) => {
      const requested = factsOf([0, { kind: 'requested', trigger: 'discharge' }]);
      let history = historyOf(requested, { plan: { uncertain: rule } });
      let second = 0;
      for (const [seconds, [, decide]] of moves) {
        second += seconds;
        const before = history;
        const decided = decide(history, atSecond(second));
        if (decided.ok) history = after(history, decided.value, atSecond(second));
        if (!mayHaveLeft(history)) continue;
        const { status, code = '', sentence = '', timeline } = viewOf(history);
        const said = timeline.filter(({ kind }) => kind !== 'resolved');
        expect([sentence, ...said.map((each) => each.sentence)].join('\n')).not.toMatch(NOT_SENT);
        // What comes after an end is late, and the end stays what it was.
        if (progressOf(before.facts).end || !mayHaveLeft(before) || code === '') continue;
        ends.add(code);
        expect([status, code]).toEqual(['failed', expect.stringMatching(AFTER_HAND_OVER)]);
      }
    }),
    { numRuns: cases(2000) },
  );
  // The stories are not all one story.
  expect(ends.size).toBeGreaterThan(5);
});

test('of a word of an operator the sentence concerns one attempt, and not the copy', () => {
  const [fact] = factsOf([0, { kind: 'resolved', attempt: 1, as: 'not-sent' }]);
  expect(sentenceOf(fact!)).toContain('this attempt');
});

test.each(
  CODES.filter((code) => AFTER_HAND_OVER.test(code)).map((code) => [code, FAILURES[code].says]),
)('%s can be said of a copy that left: %s', (_, says) => {
  expect(says).not.toMatch(NOT_SENT);
});

const ended = (code: FailureCode): string =>
  sentenceOf(factsOf([0, { kind: 'ended', end: 'failed', code }])[0]!);

test('what ends because there was no time left for another attempt says so', () => {
  expect(ended('deliver/deferred')).toBe(
    'The mail relay did not take the message for now. The time for attempts is over.',
  );
  expect(ended('deliver/refused')).toBe('The mail relay refused the message.');
});
