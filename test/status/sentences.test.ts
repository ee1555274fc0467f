import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { FAILURES, type FailureCode } from '../../shared/failures.ts';
import { sentenceOf } from '../../shared/status/sentences.ts';
import { viewOf } from '../../shared/status/view.ts';
import type { FactBody } from '../../shared/transmission/facts.ts';
import { progressOf } from '../../shared/transmission/progress.ts';
import type { History } from '../../shared/transmission/transmission.ts';
import { copyStory, toldOf } from '../support/copy-stories.ts';
import { cases } from '../support/counts.ts';
import {
  accepted,
  confirmed,
  delivered,
  factsOf,
  intent,
  intentForHisp,
  notice,
  type Told,
  uncertain,
} from '../support/histories.ts';

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

/** That the copy may have left is on record, and nobody has found out otherwise. */
function mayHaveLeft({ facts }: History): boolean {
  const { openIntent, uncertain: declared, handedOverAt } = progressOf(facts);
  const PROVEN = [
    'accepted',
    'confirmed',
    'processed',
    'dispatched',
    'recipient-failed',
    'relayed',
    'bounced',
  ];
  return (
    handedOverAt !== undefined ||
    (openIntent !== undefined && declared !== undefined) ||
    facts.some(({ kind }) => PROVEN.includes(kind))
  );
}

/** How a copy ends of which somebody may have something. */
const AFTER_HAND_OVER =
  /^(?:notification\/(?:not-processed|no-final-confirmation|recipient-failed|hisp-silent|hisp-failed)|deliver\/(?:unresolved|bounced|suppressed|bad-content))$/;

test('no sentence says "not sent" of a copy that was handed over, whatever happens to it', () => {
  const ends = new Set<string>();
  fc.assert(
    fc.property(copyStory, (story) => {
      let before: History | undefined;
      for (const history of toldOf(story)) {
        const { status, code, sentence = '', timeline } = viewOf(history, 'en');
        const said = timeline.filter(({ kind }) => kind !== 'resolved');
        const words = [sentence, ...said.map((each) => each.sentence)].join('\n');
        expect(mayHaveLeft(history) ? words : '').not.toMatch(NOT_SENT);
        // What comes after an end is late, and the end stays what it was.
        const hadLeft = before && mayHaveLeft(before) && !progressOf(before.facts).end;
        before = history;
        if (!hadLeft || code === undefined) continue;
        ends.add(code);
        expect([status, code]).toEqual(['failed', expect.stringMatching(AFTER_HAND_OVER)]);
      }
    }),
    { numRuns: cases(500) },
  );
  // The stories are not all one story.
  expect(ends.size).toBeGreaterThan(5);
});

/** Every fact that may stand in the timeline of a copy that left, but for its end. */
const BESIDE: readonly FactBody[] = [
  { kind: 'requested', trigger: 'discharge' },
  { kind: 'requested', trigger: 'discharge', recordOlderThanEvent: true },
  { ...intent(), revocation: 'unknown', excluded: 2 } as FactBody,
  intentForHisp(),
  accepted(),
  confirmed,
  uncertain(),
  { kind: 'resolved', attempt: 1, as: 'sent' },
  { kind: 'hastened', attempt: 1 },
  { kind: 'halted', stop: 'a stop' },
  { kind: 'continued', stop: 'a stop' },
  ...(['taken', 'delivered', 'delayed'] as const).map((what): FactBody => ({
    kind: 'relayed',
    noticeId: 'n',
    what,
  })),
  notice('processed'),
  notice('dispatched'),
  notice('dispatched', false),
  notice('recipient-failed'),
  { kind: 'late-notice', noticeId: 'n', disposition: 'processed' },
  delivered,
  ...(Object.keys(FAILURES) as FailureCode[])
    .filter((code) => FAILURES[code].retry)
    .map((code): FactBody => ({ kind: 'deferred', attempt: 1, code, nextAttemptAt: '' })),
];

test('no sentence beside the end says so either, whichever there is', () => {
  const sentences = factsOf(...BESIDE.map((fact): Told => [0, fact])).map((fact) =>
    sentenceOf(fact, 'en'),
  );
  expect(sentences.filter((each) => NOT_SENT.test(each))).toEqual([]);
});

test('of a word of an operator the sentence concerns one attempt, and not the copy', () => {
  const [fact] = factsOf([0, { kind: 'resolved', attempt: 1, as: 'not-sent' }]);
  expect(sentenceOf(fact!, 'en')).toContain('this attempt');
});

test.each(
  (Object.keys(FAILURES) as FailureCode[])
    .filter((code) => AFTER_HAND_OVER.test(code))
    .map((code) => [code, FAILURES[code].says]),
)('%s can be said of a copy that left: %s', (_, says) => {
  expect(says).not.toMatch(NOT_SENT);
});

const ended = (code: FailureCode): string =>
  sentenceOf(factsOf([0, { kind: 'ended', end: 'failed', code }])[0]!, 'en');

test('what ends because there was no time left for another attempt says so', () => {
  expect(ended('deliver/deferred')).toBe(
    'The mail relay did not take the message for now. The time for attempts is over.',
  );
  expect(ended('deliver/refused')).toBe('The mail relay refused the message.');
});

const said = (...facts: readonly FactBody[]): readonly string[] => {
  const told = factsOf(...facts.map((fact): Told => [0, fact]));
  return told.map((fact) => sentenceOf(fact, 'en', told));
};

describe('what is said of the hand-over', () => {
  const taken: FactBody = { kind: 'relayed', noticeId: 'n', what: 'taken' };
  test('names our relay where it was ours', () => {
    expect(said(intent(), accepted(), taken).slice(1)).toEqual([
      'The copy was handed over to the mail relay.',
      'The mail relay has confirmed that it took the copy.',
    ]);
  });

  test('names the service of another organisation where it was that, and claims no encryption of ours', () => {
    expect(said(intentForHisp(), accepted(), taken, confirmed)).toEqual([
      "The copy was packaged, and is about to leave for another organisation's mail service, which finds and checks the recipient and encrypts the copy.",
      'The copy was handed over to the mail service of another organisation.',
      'The mail service to which the copy was handed over has confirmed that it took the copy.',
      'The mail service to which the copy was handed over says that it delivered the copy.',
    ]);
  });

  test('goes by the attempt when the way was changed between two', () => {
    const [, first, , second] = said(intentForHisp(1), accepted(1), intent(2), accepted(2));
    expect([first, second]).toEqual([
      'The copy was handed over to the mail service of another organisation.',
      'The copy was handed over to the mail relay.',
    ]);
  });
});
