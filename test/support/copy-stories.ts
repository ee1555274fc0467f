import * as fc from 'fast-check';
import { planAddition } from '../../shared/adapters/dynamo/ledger/addition.ts';
import { hastened, resolved } from '../../shared/deliver/by-hand.ts';
import { claim, holdsLease, stillToSend } from '../../shared/deliver/claim.ts';
import { accepted, heldBack, refused, stopped, uncertain } from '../../shared/deliver/settle.ts';
import { givenUp, hispAttempts } from '../../shared/notification/belief/hisp.ts';
import { FAILURES, type FailureCode } from '../../shared/failures.ts';
import { additionOf } from '../../shared/notification/record-word.ts';
import { done, type Outcome } from '../../shared/outcome.ts';
import { dueDecision } from '../../shared/status/due.ts';
import type { FactBody } from '../../shared/transmission/facts.ts';
import type { Addition } from '../../shared/transmission/ledger.ts';
import type { History } from '../../shared/transmission/transmission.ts';
import { atSecond, confirmed, factsOf, historyOf, intent, intentForHisp } from './histories.ts';

/** What somebody does about a copy; a refusal changes nothing. */
type Move = (history: History, now: Date) => Outcome<Addition>;

const NOTHING = done<Addition>({ facts: [] });
const attemptOf = ({ lease }: History): number => lease?.attempt ?? 1;
const uncertainIn = ({ facts }: History): number =>
  facts.findLast((fact) => fact.kind === 'uncertain')?.attempt ?? 1;
const isAtRelay = ({ lease, facts }: History): boolean =>
  facts.some((fact) => fact.kind === 'intent' && fact.attempt === lease?.attempt);

/** Of a worker that may have lost its lease long ago. */
const claims: Move = (history, now) => claim(history, 'w', now);

const intendsBy =
  (make: (attempt: number) => FactBody): Move =>
  (history) => {
    const held = holdsLease(history, 'w', attemptOf(history));
    if (!held.ok) return held;
    const toSend = stillToSend(history);
    return toSend.ok ? done({ facts: [make(attemptOf(history))] }) : toSend;
  };

const intends = intendsBy(intent);
/** The way of a domain is a setting, and may be another one at the next attempt. */
const intendsForHisp = intendsBy(intentForHisp);

const isTaken: Move = (history, now) =>
  isAtRelay(history)
    ? done(accepted(history, attemptOf(history), { receipt: '250' }, now))
    : NOTHING;

const hasNoAnswer: Move = (history, now) =>
  isAtRelay(history) ? done(uncertain(history, attemptOf(history), now)) : NOTHING;

/** Before the hand-over by any step that comes before it, then by the relay. */
const isRefused =
  (code: FailureCode): Move =>
  (history, now) =>
    history.lease && isAtRelay(history) === code.startsWith('deliver/')
      ? done(refused(history, attemptOf(history), { code }, now, () => 0.5))
      : NOTHING;

/** The steps that may refuse an attempt. */
const OF_AN_ATTEMPT = (Object.keys(FAILURES) as FailureCode[]).filter((code) =>
  /^(?:patient|record|discover|trust|package|secure|deliver)\//.test(code),
);

/** What a worker does in one go, if nobody comes between. */
const worker = fc.oneof(
  fc.constantFrom<(readonly Move[])[]>(
    [claims],
    [claims, intends],
    [claims, intends, isTaken],
    [claims, intends, hasNoAnswer],
    [claims, intendsForHisp],
    [claims, intendsForHisp, isTaken],
    [claims, intendsForHisp, hasNoAnswer],
    [isTaken],
    [hasNoAnswer],
  ),
  fc.constantFrom(...OF_AN_ATTEMPT).map((code) => [claims, isRefused(code)]),
  fc.constantFrom(...OF_AN_ATTEMPT).map((code) => [claims, intends, isRefused(code)]),
);

const others = fc
  .constantFrom<Move[]>(
    (history, now) => resolved(history, { as: 'sent', attempt: uncertainIn(history) }, now),
    (history, now) => resolved(history, { as: 'not-sent', attempt: uncertainIn(history) }, now),
    hastened,
    (history, now) => done(stopped(history, 'transmit-request/revoked', now)),
    (history, now) => done(stopped(history, 'transmit-request/paused', now)),
    (history, now) => {
      const claimable = claim(history, '', now);
      const failure = { code: 'deliver/circuit-open' } as const;
      return claimable.ok ? done(heldBack(history, failure, now)) : NOTHING;
    },
  )
  .map((each) => [each]);

const isSwept: Move = (history, now) =>
  done(dueDecision(history, now, { lostAfterSeconds: 60, afterSeconds: 0 }).addition);

/** Of a copy of which no hand-over was begun nobody can say anything. */
const isSpokenOf =
  (fact: FactBody): Move =>
  (history) =>
    history.facts.some(({ kind }) => kind === 'intent')
      ? additionOf(history, { fact } as Parameters<typeof additionOf>[1])
      : NOTHING;

/** A HISP speaks of what it was given. */
const isSpokenOfByHisp =
  (fact: FactBody): Move =>
  (history) => {
    const attempt = hispAttempts(history).at(-1);
    return attempt === undefined
      ? NOTHING
      : additionOf(history, { fact, attempt } as Parameters<typeof additionOf>[1]);
  };

const wordOfHisp = fc
  .constantFrom<FactBody[]>(confirmed, givenUp('n-given-up'))
  .map((fact) => [isSpokenOfByHisp(fact)]);

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
  .map(([noticeId, make]) => [isSpokenOf(make(noticeId))]);

const step = fc.oneof(
  { weight: 5, arbitrary: worker },
  { weight: 2, arbitrary: others },
  { weight: 2, arbitrary: fc.constant([isSwept]) },
  { weight: 1, arbitrary: notice },
  { weight: 1, arbitrary: wordOfHisp },
);

/** Seconds between two steps: some are longer than a lease, a grace, a deadline, a day. */
const pause = fc.constantFrom(0, 1, 100, 700, 700, 4000, 90_000);

/** Anything that may become of a copy, by whoever has a say in it, in any order. */
export const copyStory = fc.record({
  plan: fc.record({ uncertain: fc.constantFrom('resend' as const, 'hold' as const) }),
  steps: fc.array(fc.tuple(pause, step), { minLength: 3, maxLength: 15 }),
});

export type CopyStory = typeof copyStory extends fc.Arbitrary<infer Story> ? Story : never;

/** The copy as it is after each move, in the order of the moves. */
export function* toldOf({ plan, steps }: CopyStory): Iterable<History> {
  let history = historyOf(factsOf([0, { kind: 'requested', trigger: 'discharge' }]), { plan });
  let second = 0;
  for (const [seconds, moves] of steps) {
    second += seconds;
    for (const move of moves) {
      const decided = move(history, atSecond(second));
      if (decided.ok) history = after(history, decided.value, atSecond(second));
      yield history;
    }
  }
}

function after(history: History, addition: Addition, now: Date): History {
  const meta = { transmission: history.transmission, version: 1, sequence: history.facts.length };
  return planAddition({ history, meta }, addition, now).history;
}
