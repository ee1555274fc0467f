import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { isLeaving, statusOf } from '../../shared/status/status.ts';
import type { Fact } from '../../shared/transmission/facts.ts';
import { cases } from '../support/counts.ts';
import {
  accepted,
  confirmed,
  deferred,
  delivered,
  factsOf,
  intent,
  intentForHisp,
  notice,
  overdue,
  uncertain,
  type Told,
} from '../support/histories.ts';

const requested: Told = [0, { kind: 'requested', trigger: 'discharge' }];
const late: Told = [9, { kind: 'late-notice', noticeId: 'n', disposition: 'dispatched' }];

const STORIES: readonly (readonly [string, readonly Told[], string])[] = [
  ['nothing has happened', [requested], 'waiting'],
  ['an attempt was turned away', [requested, [1, intent()], [2, deferred(1, 60)]], 'waiting'],
  ['the intent is on record', [requested, [1, intent()]], 'sending'],
  ['the relay took it', [requested, [1, intent()], [2, accepted()]], 'sent'],
  ['the answer was lost', [requested, [1, intent()], [2, uncertain()]], 'uncertain'],
  [
    'it is sent again',
    [
      [1, intent()],
      [2, uncertain()],
      [3, intent(2)],
    ],
    'sending',
  ],
  [
    'the repeat was turned away: the first copy is as uncertain as before',
    [
      [1, intent()],
      [2, uncertain()],
      [3, intent(2)],
      [4, deferred(2, 60)],
    ],
    'uncertain',
  ],
  [
    'the repeat was taken',
    [
      [1, intent()],
      [2, uncertain()],
      [3, intent(2)],
      [4, accepted(2)],
    ],
    'sent',
  ],
  [
    'a notice settles it',
    [
      [1, intent()],
      [2, uncertain()],
      [3, notice('processed')],
    ],
    'processed',
  ],
  [
    'a word of its way settles it',
    [
      [1, intent()],
      [2, uncertain()],
      [3, { kind: 'relayed', noticeId: 'r', what: 'delayed' }],
    ],
    'sent',
  ],
  [
    'a word of the recipient settles it that says nothing of the mailbox',
    [
      [1, intent()],
      [2, uncertain()],
      [3, notice('dispatched', false)],
    ],
    'sent',
  ],
  [
    'an operator found out that it had left',
    [
      [1, intent()],
      [2, uncertain()],
      [3, { kind: 'resolved', attempt: 1, as: 'sent' }],
    ],
    'sent',
  ],
  [
    'an operator found out that it had not',
    [
      [1, intent()],
      [2, uncertain()],
      [3, { kind: 'resolved', attempt: 1, as: 'not-sent' }],
    ],
    'waiting',
  ],
  [
    'the service has it',
    [
      [1, intent()],
      [2, accepted()],
      [3, notice('processed')],
    ],
    'processed',
  ],
  [
    'both notices are there',
    [
      [1, accepted()],
      [2, notice('dispatched')],
      [3, notice('processed')],
      [3, delivered],
    ],
    'delivered',
  ],
  ['a HISP took it', [requested, [1, intentForHisp()], [2, accepted()]], 'sent'],
  [
    'a HISP took it, and says at once that it delivered it',
    [
      [1, intentForHisp()],
      [2, confirmed],
      [2, delivered],
      [3, accepted()],
    ],
    'delivered',
  ],
  [
    'a HISP speaks of what is uncertain',
    [
      [1, intentForHisp()],
      [2, uncertain()],
      [3, confirmed],
    ],
    'sent',
  ],
  ['the deadline passed first', [[1, accepted()], [2, overdue], late], 'failed'],
];

describe('the status of a transmission', () => {
  test.each(STORIES)('when %s', (_, told, expected) => {
    expect(statusOf(factsOf(...told)).status).toBe(expected);
  });

  test.each(STORIES)('does not depend on the order or number of facts: when %s', (_, told) => {
    const facts = factsOf(...told);
    const answer = statusOf(facts);
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...facts, ...facts], { minLength: facts.length * 2 }),
        (shuffled) => {
          expect(statusOf(shuffled)).toEqual(answer);
        },
      ),
      { numRuns: cases(25) },
    );
  });

  test('is the end that came first by sequence, whatever came after', () => {
    const [end, second] = factsOf([5, overdue], [6, delivered]) as [Fact, Fact];
    expect(statusOf([second, end])).toEqual({
      status: 'failed',
      code: 'notification/not-processed',
    });
  });

  test('carries a code exactly when it failed or was stopped', () => {
    const stopped = { kind: 'ended', end: 'stopped', code: 'transmit-request/revoked' } as const;
    expect(statusOf(factsOf([1, stopped]))).toEqual({
      status: 'stopped',
      code: 'transmit-request/revoked',
    });
    expect(statusOf(factsOf([1, delivered]))).toEqual({ status: 'delivered' });
  });
});

describe('a copy may be leaving', () => {
  test.each([
    ['not before its intent', [requested], false],
    ['from its intent', [[1, intent()]], true],
    [
      'while it is uncertain',
      [
        [1, intent()],
        [2, uncertain()],
      ],
      true,
    ],
    [
      'not once the relay took it',
      [
        [1, intent()],
        [2, accepted()],
      ],
      false,
    ],
    [
      'not once the relay turned it away',
      [
        [1, intent()],
        [2, deferred(1, 60)],
      ],
      false,
    ],
    [
      'not after the end',
      [
        [1, intent()],
        [2, overdue],
      ],
      false,
    ],
  ] as readonly (readonly [string, readonly Told[], boolean])[])('%s', (_, told, expected) => {
    expect(isLeaving(factsOf(...told))).toBe(expected);
  });
});
