import { describe, expect, test } from '@jest/globals';
import type { DirectAddress } from '../../../shared/ids.ts';
import { fail } from '../../../shared/outcome.ts';
import { revoked } from '../../../shared/transmit-request/revoke.ts';
import {
  addressPaused,
  addressRechecked,
} from '../../../shared/transmit-request/standing/address.ts';
import { resumed } from '../../../shared/transmit-request/standing/resume.ts';
import {
  pausedForReview,
  review,
  reviewReported,
} from '../../../shared/transmit-request/standing/review.ts';
import { KIM, LEE } from '../../contracts/stores/samples.ts';
import { asked, daily, KIM_KEY, LEE_KEY, on, SETTINGS, STRANGER, value } from './samples.ts';

const NOW = on('2026-12-01T12:00:00.000Z');
const FAILING = 'transmit-request/address-failing';
const WEEK = SETTINGS.recheckAfterSeconds;

const failing = (request = asked(), key = LEE_KEY) =>
  addressPaused(request, key, FAILING, NOW, WEEK);

describe('an address that fails', () => {
  test('transmit-request/address-failing: is paused alone, and looked at again in a week', () => {
    const paused = failing();
    expect(paused.addresses[LEE_KEY]).toEqual({
      address: LEE,
      status: 'paused',
      paused: { code: FAILING, at: NOW.toISOString(), recheckAt: '2026-12-08T12:00:00.000Z' },
    });
    expect(paused.addresses[KIM_KEY]).toEqual({ address: KIM, status: 'active' });
    expect(paused.status).toBe('active');
    expect(addressPaused(paused, LEE_KEY, FAILING, on('2026-12-02T00:00:00Z'), WEEK)).toBe(paused);
  });

  test('stays revoked when it was, and is not made up when it was never named', () => {
    const stopped = value(revoked(asked(), NOW, LEE));
    expect(failing(stopped)).toBe(stopped);
    const request = asked();
    expect(failing(request, 'constructor' as typeof LEE_KEY)).toBe(request);
  });

  test('is looked at once a week until it can be reached', () => {
    const early = on('2026-12-08T11:59:59.999Z');
    const paused = failing();
    expect(addressRechecked(paused, LEE_KEY, true, early, WEEK)).toBe(paused);
    const first = on('2026-12-08T13:00:00.000Z');
    const still = addressRechecked(paused, LEE_KEY, false, first, WEEK);
    expect(still.addresses[LEE_KEY]?.paused).toEqual({
      code: FAILING,
      at: NOW.toISOString(),
      recheckAt: '2026-12-15T13:00:00.000Z',
    });
    const second = on('2026-12-15T13:00:00.000Z');
    const again = addressRechecked(still, LEE_KEY, true, second, WEEK);
    expect(again.addresses[LEE_KEY]).toEqual({
      address: LEE,
      status: 'active',
      resumedAt: second.toISOString(),
    });
  });

  test('is left alone when somebody revoked or paused what it belongs to meanwhile', () => {
    const late = on('2027-01-01T00:00:00Z');
    const others = [
      value(revoked(failing(), NOW, LEE)),
      value(revoked(failing(), NOW)),
      { ...failing(), status: 'paused' } as const,
      asked(),
    ];
    for (const each of others) {
      expect(addressRechecked(each, LEE_KEY, true, late, WEEK)).toBe(each);
    }
  });
});

describe('a person who says that it shall go on', () => {
  const stopped = () => {
    const request = daily({ reviewAt: NOW.toISOString(), nextRunAt: '2026-12-02T08:00:00.000Z' });
    const reported = reviewReported(failing(request), NOW, SETTINGS);
    return pausedForReview(reported, on('2026-12-15T12:00:00Z'));
  };

  test('makes the request and its addresses active, with the next slot and a new review', () => {
    expect(stopped().status).toBe('paused');
    const at = on('2027-01-10T10:00:00.000Z');
    const again = value(resumed(stopped(), at, SETTINGS));
    expect(again).toMatchObject({
      status: 'active',
      nextRunAt: '2027-01-11T08:00:00.000Z',
      reviewAt: '2028-02-10T10:00:00.000Z',
      addresses: {
        [LEE_KEY]: { status: 'active', resumedAt: at.toISOString() },
        [KIM_KEY]: { status: 'active' },
      },
    });
    for (const gone of ['paused', 'reviewReportedAt', 'pausesAt']) {
      expect(again).not.toHaveProperty(gone);
    }
    expect(again.addresses[LEE_KEY]).not.toHaveProperty('paused');
    expect(again.addresses[KIM_KEY]).not.toHaveProperty('resumedAt');
  });

  test('before anything is paused, answers the review, and leaves the next slot where it is', () => {
    const nextRunAt = '2026-12-01T08:00:00.000Z';
    const reported = reviewReported(
      daily({ reviewAt: NOW.toISOString(), nextRunAt }),
      NOW,
      SETTINGS,
    );
    const again = value(resumed(reported, NOW, SETTINGS));
    expect(again).toEqual(daily({ nextRunAt, reviewAt: '2028-01-01T12:00:00.000Z' }));
  });

  test('of one address, makes that one active and nothing else', () => {
    const both = failing(failing(), KIM_KEY);
    const one = value(resumed(both, NOW, SETTINGS, LEE.toUpperCase() as DirectAddress));
    expect(one.addresses[LEE_KEY]?.status).toBe('active');
    expect(one).toEqual({
      ...both,
      addresses: { ...both.addresses, [LEE_KEY]: expect.anything() },
    });
  });

  test('does not bring back an address that was revoked', () => {
    const request = value(revoked(failing(), NOW, KIM));
    const again = value(resumed(request, NOW, SETTINGS));
    expect(again.addresses[KIM_KEY]?.status).toBe('revoked');
    expect(again.addresses[LEE_KEY]?.status).toBe('active');
    expect(again).not.toHaveProperty('reviewReportedAt');
  });

  test.each([
    ['transmit-request/not-paused', 'it runs', asked(), undefined],
    ['transmit-request/not-paused', 'another address is paused', failing(), KIM],
    ['transmit-request/unknown-address', 'it names no such address', failing(), STRANGER],
    [
      'transmit-request/unknown-address',
      'a word that every object has',
      failing(),
      'constructor' as DirectAddress,
    ],
    ['transmit-request/revoked', 'it was stopped', value(revoked(failing(), NOW)), undefined],
    ['transmit-request/revoked', 'the address was', value(revoked(failing(), NOW, LEE)), LEE],
    [
      'transmit-request/expired',
      'its end date is past',
      { ...failing(), until: '2026-12-01T11:59:59.999Z' },
      undefined,
    ],
  ] as const)('%s: %s', (code, _, request, address) => {
    expect(resumed(request, NOW, SETTINGS, address)).toEqual(fail(code));
  });
});

test.each([
  ['on-update', '2026-11-22T10:00:00Z', '2027-12-22T10:00:00.000Z'],
  ['monthly', '2026-01-31T10:00:00Z', '2027-02-28T10:00:00.000Z'],
  ['once', '2026-01-31T10:00:00Z', undefined],
] as const)('a request of %s made at %s is reviewed at %s', (frequency, from, at) => {
  expect(review(frequency, on(from), SETTINGS).reviewAt).toBe(at);
});
