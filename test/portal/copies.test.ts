import { describe, expect, test } from '@jest/globals';
import type { Copy } from '../../portal/api/views.ts';
import { adviceOn } from '../../portal/copies/advice.ts';
import { type Followed, isOver, lookedAt, pauseSeconds } from '../../portal/copies/plan.ts';
import { FAILURES, ruleOf, type FailureCode } from '../../shared/failures.ts';

/** Steps whose refusals end copies. */
const STEPS =
  /^(patient|record|consent|transmit-request|transmission|discover|trust|package|secure|deliver|notification)\//;

/** Of searches, of mail that comes in and of asking: no copy ends with them. */
const OF_NO_COPY: readonly RegExp[] = [
  /^discover\/places/,
  /^notification\/(not-a|unknown|wrong|for-an|unauth|auto|loop|too-many|answered|unans|mailbox|bad-ev|rules)/,
  /^secure\/(not-|undecryptable|bad-|weak-|malformed)/,
  /^consent\/(not-accepted|renew|too-many)/,
  /^transmit-request\/(too-many|none|review|address-failing)/,
];

const ENDS = (Object.keys(FAILURES) as FailureCode[])
  .filter((code) => STEPS.test(code) && ruleOf(code).actor !== 'caller')
  .filter((code) => !OF_NO_COPY.some((pattern) => pattern.test(code)));

describe('what to do about a copy that did not arrive', () => {
  const GOOD = {
    patient: ['address', 'again'],
    recipient: ['address', 'theirs'],
    'data holder': ['ours'],
    operator: ['ours'],
  };

  test('is a word to whoever can do something about it, for each code that ends a copy', () => {
    const astray = ENDS.filter((code) => {
      const { actor } = ruleOf(code);
      return actor === 'caller' || !GOOD[actor].includes(adviceOn(code));
    });
    expect(astray).toEqual([]);
    expect(ENDS.length).toBeGreaterThan(80);
  });

  test.each([
    ['discover/no-certificate', 'address'],
    ['deliver/bad-mailbox', 'address'],
    ['deliver/probe-failed', 'address'],
    ['notification/recipient-failed', 'address'],
    ['trust/expired', 'theirs'],
    ['trust/revoked', 'theirs'],
    ['deliver/mailbox-full', 'theirs'],
    ['notification/not-processed', 'theirs'],
    ['trust/no-anchor', 'ours'],
    ['record/none', 'ours'],
    ['deliver/refused', 'ours'],
    ['transmit-request/unknown-sender', 'ours'],
    ['transmit-request/revoked', 'again'],
    ['consent/authority-ended', 'again'],
    ['nobody/knows', 'ours'],
  ])('%s: %s', (code, advice) => {
    expect(adviceOn(code)).toBe(advice);
  });
});

const A = 'a@direct.example';

const copyOf = (change: Partial<Copy>): Copy => ({
  id: 'tx_1',
  requestId: 'req_1',
  address: A,
  createdAt: '2026-11-22T12:00:00.000Z',
  status: 'waiting',
  ...change,
});

const look = (copies: readonly Copy[], before: readonly Followed[] = [{ address: A }]) =>
  lookedAt(before, copies, 'req_1');

describe('looking at copies', () => {
  test('is frequent at first and never rarer than every 30 seconds', () => {
    const pauses = Array.from({ length: 60 }, (_, looks) => pauseSeconds(looks));
    expect(pauses.slice(0, 15)).toEqual(Array.from({ length: 15 }, () => 1));
    expect(pauses.toSorted((one, other) => one - other)).toEqual(pauses);
    expect(pauses.at(-1)).toBe(30);
  });

  test.each([
    ['waiting', false],
    ['sending', false],
    ['sent', false],
    ['processed', false],
    ['uncertain', false],
    ['delivered', true],
    ['failed', true],
    ['stopped', true],
  ] as const)('%s is an end: %s', (status, end) => {
    expect(isOver({ status })).toBe(end);
  });

  test('sees the newest copy of each address of this request, and no other', () => {
    const newest = copyOf({ id: 'tx_2', status: 'sent' });
    const others = copyOf({ id: 'tx_9', requestId: 'req_2' });
    const seen = look(
      [others, newest, copyOf({ status: 'failed' })],
      [{ address: A }, { address: 'b@direct.example' }],
    );
    expect(seen.map(({ copy }) => copy)).toEqual([newest, undefined]);
  });

  test('takes a message without health data for no copy, and tells of it while it is on its way', () => {
    const probe = copyOf({ id: 'tx_2', isProbe: true, status: 'sent' });
    const copy = copyOf({});
    expect(look([probe, copy])).toMatchObject([{ copy, isProbing: true }]);
    expect(look([{ ...probe, status: 'delivered' }, copy])).toMatchObject([{ isProbing: false }]);
    expect(look([probe])).toMatchObject([{ copy: undefined, isNews: false }]);
  });

  test('tells only what stands otherwise than before', () => {
    const waiting = look([copyOf({})]);
    expect(waiting).toMatchObject([{ isNews: true }]);
    expect(look([copyOf({})], waiting)).toMatchObject([{ isNews: false }]);
    expect(look([copyOf({ status: 'sent' })], waiting)).toMatchObject([{ isNews: true }]);
  });
});
