import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../../shared/report/delivery.ts';
import { begun, givenUp, settled, verdictOf } from '../../../shared/report/delivery/attempt.ts';
import type { Webhook } from '../../../shared/report/webhook.ts';
import { webhookAfter } from '../../../shared/report/webhook/after.ts';
import { delivery, webhook } from '../../contracts/stores/samples.ts';
import { atSecond } from '../../support/histories.ts';
import { answered } from '../../support/memory/receivers.ts';

const now = atSecond(0);
const WAITS = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400];
const silence = { kind: 'failed', fault: 'unreachable' } as const;

const tried = (attempts: number): Delivery => delivery('whd_1', 0, { attempts });
const waitAfter = (attempts: number, posted = answered(500), chance = 0): number | undefined => {
  const left = settled(tried(attempts), tried(attempts), posted, { now, chance });
  if (left?.status !== 'waiting') return undefined;
  return (new Date(left.nextAttemptAt).getTime() - now.getTime()) / 1000;
};

const failing = (since: number): Webhook =>
  webhook('whk_1', 0, { failingSince: atSecond(since).toISOString() });

describe('the answer of a webhook', () => {
  test.each([
    [200, 'delivered'],
    [204, 'delivered'],
    [299, 'delivered'],
    [199, 'failed'],
    [300, 'failed'],
    [302, 'failed'],
    [400, 'failed'],
    [410, 'gone'],
    [429, 'failed'],
    [500, 'failed'],
    [0, 'failed'],
  ] as const)('%i is %s', (status, verdict) => {
    expect(verdictOf(answered(status))).toBe(verdict);
  });

  test('no answer is no yes', () => {
    expect(verdictOf(silence)).toBe('failed');
  });
});

describe('an attempt', () => {
  test('is begun when its time has come, and is then on record for a minute', () => {
    expect(begun(delivery('whd_1', 1), now)).toBeUndefined();
    expect(begun(delivery('whd_1', 0), now)).toEqual(
      delivery('whd_1', 0, { attempts: 1, nextAttemptAt: atSecond(60).toISOString() }),
    );
  });

  test.each(['delivered', 'failed'] as const)('is not begun once it was %s', (status) => {
    expect(begun(delivery('whd_1', 0, { status }), now)).toBeUndefined();
    expect(givenUp(delivery('whd_1', 0, { status }))).toBeUndefined();
  });

  test.each(WAITS.map((wait, at) => [at + 1, wait]))(
    'number %i that failed is tried again after %i seconds, and up to a fifth more',
    (attempts, wait) => {
      expect(waitAfter(attempts)).toBe(wait);
      expect(waitAfter(attempts, silence as never, 0.5)).toBeCloseTo(wait * 1.1, 3);
    },
  );

  test('the tenth that failed is the last', () => {
    const left = settled(tried(10), tried(10), answered(503), { now, chance: 0 });
    expect(left).toEqual({ ...tried(10), status: 'failed', lastStatus: 503 });
  });

  test('what says that it is gone is not asked again', () => {
    expect(settled(tried(1), tried(1), answered(410), { now, chance: 0 })).toEqual({
      ...tried(1),
      status: 'failed',
      lastStatus: 410,
    });
  });

  test.each([
    ['120', 120],
    [' 3600 ', 3600],
    ['1', 5],
    ['999999999', 86_400],
    [atSecond(600).toUTCString(), 600],
    [atSecond(-600).toUTCString(), 5],
    ['soon', 5],
    ['-5', 5],
    ['', 5],
  ])('waits as long as it is asked to, within bounds: %j', (retryAfter, expected) => {
    expect(waitAfter(1, answered(503, retryAfter))).toBe(expected);
  });

  test('a yes settles it, whoever is at it by now; anything else leaves it to them', () => {
    const [mine, theirs] = [tried(1), tried(2)];
    const at = { now, chance: 0 };
    expect(settled(theirs, mine, answered(200), at)).toEqual({
      ...theirs,
      status: 'delivered',
      lastStatus: 200,
    });
    expect(settled(theirs, mine, answered(500), at)).toBeUndefined();
    expect(settled(theirs, mine, answered(410), at)).toBeUndefined();
  });

  test.each(['delivered', 'failed'] as const)('once it was %s nothing changes it', (status) => {
    const current = delivery('whd_1', 0, { attempts: 1, status });
    expect(settled(current, tried(1), answered(500), { now, chance: 0 })).toBeUndefined();
    expect(settled(current, tried(1), answered(200), { now, chance: 0 })).toBeUndefined();
  });
});

describe('a webhook', () => {
  const taking = webhook('whk_1');
  const DAYS = 3 * 86_400;
  const [takes, refuses, isGone] = [answered(204), answered(500), answered(410)] as const;

  test('that takes what it is told stays as it is', () => {
    expect(webhookAfter(taking, takes, true, now)).toBe(taking);
  });

  test('that fails is failing since the first time', () => {
    const once = webhookAfter(taking, refuses, false, now);
    expect(once).toEqual(failing(0));
    expect(webhookAfter(once, refuses, false, atSecond(60))).toBe(once);
  });

  test('that takes something again is failing no more', () => {
    expect(webhookAfter(failing(0), takes, true, atSecond(60))).toEqual(taking);
  });

  test('report/webhook-disabled: it says that it is gone', () => {
    expect(webhookAfter(taking, isGone, true, now)).toEqual({
      ...taking,
      status: 'disabled',
      disabledAt: now.toISOString(),
    });
  });

  test('report/webhook-disabled: it has taken nothing for days, and a report was tried all that time', () => {
    const after = webhookAfter(failing(0), refuses, true, atSecond(DAYS));
    expect(after).toMatchObject({ status: 'disabled', disabledAt: atSecond(DAYS).toISOString() });
  });

  test.each([
    ['a report is given up that it alone does not take', failing(1), true],
    ['it fails for days, and no report was given up yet', failing(-DAYS), false],
  ])('is not given up when %s', (_, current, last) => {
    expect(webhookAfter(current, refuses, last, atSecond(DAYS))).toBe(current);
  });

  test('that was given up is given up once', () => {
    const disabled = webhook('whk_1', 0, { status: 'disabled' });
    expect(webhookAfter(disabled, isGone, true, now)).toBe(disabled);
    expect(webhookAfter(disabled, takes, true, now)).toBe(disabled);
  });

  test.each([
    ['it keeps everybody waiting', { kind: 'failed', fault: 'too-slow' } as const],
    ['nobody reaches it', { kind: 'failed', fault: 'unreachable' } as const],
    ['it has too much to do', answered(429)],
    ['it is too busy', answered(503)],
    ['it waits for another server', answered(504)],
  ])('is left alone for half a minute when %s, and so at most', (_, posted) => {
    const rests = webhookAfter(taking, posted, false, now);
    expect(rests).toEqual({ ...failing(0), askAgainAt: atSecond(30).toISOString() });
    expect(webhookAfter(rests, posted, false, atSecond(29))).toBe(rests);
    expect(webhookAfter(rests, posted, false, atSecond(30))).toEqual({
      ...rests,
      askAgainAt: atSecond(60).toISOString(),
    });
    expect(webhookAfter(rests, takes, false, atSecond(29))).toEqual(taking);
  });
});
