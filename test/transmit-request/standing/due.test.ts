import { describe, expect, test } from '@jest/globals';
import { pausedForAuthority } from '../../../shared/transmit-request/authority/end.ts';
import { revoked } from '../../../shared/transmit-request/revoke.ts';
import { ranAt } from '../../../shared/transmit-request/schedule/run.ts';
import { addressPaused } from '../../../shared/transmit-request/standing/address.ts';
import { dueNow } from '../../../shared/transmit-request/standing/due.ts';
import { dueOfRequest } from '../../../shared/transmit-request/standing/plans.ts';
import { unwatched } from '../../../shared/transmit-request/standing/unwatched.ts';
import {
  pausedForReview,
  reviewReported,
} from '../../../shared/transmit-request/standing/review.ts';
import { KIM, LEE } from '../../contracts/stores/samples.ts';
import { asked, daily, KIM_KEY, LEE_KEY, on, SETTINGS, value } from './samples.ts';

const REVIEW = '2027-12-22T10:00:00.000Z';
const SLOT = '2026-11-23T08:00:00.000Z';
const FAILING = 'transmit-request/address-failing';

const whole = (more = {}) => daily({ nextRunAt: SLOT, reviewAt: REVIEW, ...more });

describe('a request is due', () => {
  test('never, when nothing of it will ever come by itself', () => {
    expect(dueOfRequest(asked({ frequency: 'once' }))).toBeUndefined();
    expect(dueNow(asked({ frequency: 'once' }), on('2099-01-01T00:00:00Z'))).toEqual([]);
  });

  test('at the earliest of slot, review and recheck', () => {
    expect(dueOfRequest(whole())).toEqual(on(SLOT));
    expect(dueOfRequest(asked({ reviewAt: REVIEW }))).toEqual(on(REVIEW));
    const paused = addressPaused(whole(), LEE_KEY, FAILING, on('2026-11-22T10:00:00Z'), 3600);
    expect(dueOfRequest(paused)).toEqual(on('2026-11-22T11:00:00Z'));
    expect(dueNow(paused, on('2026-11-22T11:00:00Z'))).toEqual([
      { kind: 'recheck', addressKey: LEE_KEY },
    ]);
  });

  test('once the review was reported, on the day of the pause', () => {
    const reported = reviewReported(asked({ reviewAt: REVIEW }), on(REVIEW), SETTINGS);
    expect(dueOfRequest(reported)).toEqual(on('2028-01-05T10:00:00Z'));
    expect(dueNow(reported, on('2028-01-05T10:00:00Z'))).toEqual([{ kind: 'pause' }]);
  });

  test('for all that has come, each once; of the slots that were missed, for the latest', () => {
    let request = whole();
    request = addressPaused(request, LEE_KEY, FAILING, on('2026-11-22T10:00:00Z'), 3600);
    request = addressPaused(request, KIM_KEY, FAILING, on('2026-11-22T10:00:00Z'), 3600);
    expect(dueNow(request, on('2026-11-22T10:59:59Z'))).toEqual([]);
    expect(dueNow(request, on('2028-01-01T07:59:59Z'))).toEqual(
      expect.arrayContaining([
        { kind: 'slot', slot: on('2027-12-31T08:00:00Z') },
        { kind: 'review' },
        { kind: 'recheck', addressKey: LEE_KEY },
        { kind: 'recheck', addressKey: KIM_KEY },
      ]),
    );
  });

  test('when the authority ends on which it rests, and then only for the pause', () => {
    const request = whole({ authorityEndsAt: '2026-11-23T07:00:00.000Z' });
    expect(dueOfRequest(request)).toEqual(on('2026-11-23T07:00:00Z'));
    const [before, then, later] = ['06:59:59.999', '07:00:00.000', '09:00:00.000'].map((time) =>
      on(`2026-11-23T${time}Z`),
    ) as [Date, Date, Date];
    expect(dueNow(request, before)).toEqual([]);
    expect(dueNow(request, then)).toEqual([{ kind: 'authority-ended' }]);
    expect(dueNow(request, later)).toEqual([{ kind: 'authority-ended' }]);
    const paused = pausedForAuthority(request, then);
    expect(paused).toMatchObject({
      status: 'paused',
      paused: { code: 'consent/authority-ended', at: then.toISOString() },
    });
    expect(paused).not.toHaveProperty('nextRunAt');
    expect(dueOfRequest(paused)).toBeUndefined();
    for (const each of [paused, whole(), whole({ authorityEndsAt: SLOT, until: SLOT })]) {
      expect(pausedForAuthority(each, on('2026-11-23T08:00:00.001Z'))).toBe(each);
    }
    expect(pausedForAuthority(request, before)).toBe(request);
  });

  test.each([
    ['revoked', value(revoked(whole(), on('2026-11-22T11:00:00Z')))],
    ['paused', whole({ status: 'paused' })],
    ['served', asked({ frequency: 'once', servedAt: SLOT, reviewAt: REVIEW })],
  ])('never while it is %s', (_, request) => {
    expect(dueOfRequest(request)).toBeUndefined();
    expect(dueNow(request, on('2099-01-01T00:00:00Z'))).toEqual([]);
  });

  test('not for an address that was revoked', () => {
    const at = on('2026-11-22T10:00:00Z');
    const paused = addressPaused(asked(), LEE_KEY, FAILING, at, 3600);
    expect(dueOfRequest(value(revoked(paused, at, LEE)))).toBeUndefined();
    expect(dueOfRequest(value(revoked(paused, at, KIM)))).toEqual(on('2026-11-22T11:00:00Z'));
  });

  test('for nothing after its end date, to the millisecond', () => {
    expect(dueOfRequest(whole({ until: SLOT }))).toEqual(on(SLOT));
    expect(dueOfRequest(whole({ until: '2026-11-23T07:59:59.999Z' }))).toBeUndefined();
    const paused = addressPaused(
      asked({ until: SLOT }),
      LEE_KEY,
      FAILING,
      on('2026-11-22T10:00:00Z'),
      604_800,
    );
    expect(dueOfRequest(paused)).toBeUndefined();
  });

  test('when somebody comes only after its end date, for the end alone, and then never again', () => {
    const request = addressPaused(
      whole({ until: '2026-11-23T09:00:00.000Z' }),
      LEE_KEY,
      FAILING,
      on('2026-11-22T10:00:00Z'),
      3600,
    );
    expect(dueNow(request, on('2026-11-23T09:00:00Z'))).toContainEqual({
      kind: 'slot',
      slot: on(SLOT),
    });
    expect(dueNow(request, on('2026-11-23T09:00:00.001Z'))).toEqual([{ kind: 'end' }]);
    const over = unwatched(request);
    expect(dueOfRequest(over)).toBeUndefined();
    expect(over).not.toHaveProperty('nextRunAt');
    expect(over.addresses[LEE_KEY]).toMatchObject({ status: 'paused', paused: { code: FAILING } });
    expect(over.addresses[KIM_KEY]).toBe(request.addresses[KIM_KEY]);
  });

  test('and when the authority on which it rests ended before that, for the end alone too', () => {
    const ends = { authorityEndsAt: '2026-11-23T08:30:00.000Z' };
    const request = asked({ until: '2026-11-23T09:00:00.000Z', ...ends });
    expect(dueOfRequest(request)).toEqual(on(ends.authorityEndsAt));
    expect(dueNow(request, on('2026-11-23T09:00:00.001Z'))).toEqual([{ kind: 'end' }]);
    expect(dueOfRequest(unwatched(request))).toBeUndefined();
  });
});

describe('a schedule', () => {
  test('goes on behind the slot that was served, over all that were missed', () => {
    const request = whole();
    expect(ranAt(request, on(SLOT)).nextRunAt).toBe('2026-11-24T08:00:00.000Z');
    const missed = ranAt(request, on('2026-12-31T08:00:00Z'));
    expect(missed.nextRunAt).toBe('2027-01-01T08:00:00.000Z');
    // Whoever served the same slot at the same time has moved it on already.
    expect(ranAt(missed, on('2026-12-31T08:00:00Z'))).toBe(missed);
    expect(ranAt(missed, on(SLOT))).toBe(missed);
  });

  test('has no slot after its end date', () => {
    const request = whole({ until: '2026-11-24T08:00:00.000Z' });
    expect(ranAt(request, on(SLOT)).nextRunAt).toBe('2026-11-24T08:00:00.000Z');
    const last = ranAt(request, on('2026-11-24T08:00:00Z'));
    expect(last).not.toHaveProperty('nextRunAt');
    expect(ranAt(last, on('2026-11-25T08:00:00Z'))).toBe(last);
  });
});

describe('a review', () => {
  const reviewed = asked({ reviewAt: REVIEW });

  test('is reported once, when it is due', () => {
    const early = on('2027-12-22T09:59:59.999Z');
    expect(reviewReported(reviewed, early, SETTINGS)).toBe(reviewed);
    const late = on('2027-12-25T00:00:00Z');
    const reported = reviewReported(reviewed, late, SETTINGS);
    expect(reported).toEqual({
      ...reviewed,
      reviewReportedAt: late.toISOString(),
      pausesAt: '2028-01-08T00:00:00.000Z',
    });
    expect(reviewReported(reported, on('2028-01-01T00:00:00Z'), SETTINGS)).toBe(reported);
  });

  test('is of nobody who has stopped, paused or ended it', () => {
    const others = [
      asked({ reviewAt: REVIEW, status: 'paused' }),
      asked({ reviewAt: REVIEW, status: 'revoked' }),
      asked({ reviewAt: REVIEW, until: REVIEW }),
      asked(),
    ];
    for (const each of others) {
      expect(reviewReported(each, on('2028-01-01T00:00:00Z'), SETTINGS)).toBe(each);
    }
  });

  test('transmit-request/review-overdue: nobody answered, and the whole of it is paused', () => {
    const reported = reviewReported(whole(), on(REVIEW), SETTINGS);
    const early = on('2028-01-05T09:59:59.999Z');
    expect(pausedForReview(reported, early)).toBe(reported);
    const paused = pausedForReview(reported, on('2028-01-05T10:00:00Z'));
    expect(paused).toMatchObject({
      status: 'paused',
      paused: { code: 'transmit-request/review-overdue', at: '2028-01-05T10:00:00.000Z' },
      addresses: { [LEE_KEY]: { status: 'active' } },
    });
    expect(paused).not.toHaveProperty('nextRunAt');
    expect(dueOfRequest(paused)).toBeUndefined();
    expect(pausedForReview(paused, on('2029-01-01T00:00:00Z'))).toBe(paused);
  });

  test('pauses nothing that was not reported, is stopped, or has ended', () => {
    const reported = reviewReported(asked({ reviewAt: REVIEW }), on(REVIEW), SETTINGS);
    const others = [
      asked({ reviewAt: REVIEW }),
      value(revoked(reported, on(REVIEW))),
      { ...reported, until: '2028-01-01T00:00:00.000Z' },
    ];
    for (const each of others) {
      expect(pausedForReview(each, on('2029-01-01T00:00:00Z'))).toBe(each);
    }
  });
});
