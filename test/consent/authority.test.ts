import { describe, expect, test } from '@jest/globals';
import { isAuthorityEnded } from '../../shared/consent/authority-end.ts';
import { authorityOf } from '../../shared/consent/authority.ts';
import type { Actor } from '../../shared/consent/consent.ts';
import { done } from '../../shared/outcome.ts';
import { Authority } from '../../shared/settings-authority.ts';

const NOW = new Date('2026-11-22T12:00:00.000Z');
const CHILD = { birthDate: '2010-03-09' };
const MAJORITY = Authority.parse({ ageOfMajorityYears: 18 });

const acting = (relationship?: string, until?: string): Actor => ({
  kind: 'representative',
  subject: 's',
  ...(relationship === undefined
    ? {}
    : { authority: { relationship, ...(until === undefined ? {} : { until }) } }),
});

const endOf = (actor: Actor, settings = MAJORITY, patient = CHILD, now = NOW) => {
  const authority = authorityOf(actor, patient, settings, now);
  return authority.ok ? (authority.value.authorityEndsAt ?? 'never') : authority.failure.code;
};

describe('the authority of a representative', () => {
  test.each([
    ['of a parent ends when the child is of age', 'parent', undefined, '2028-03-09T00:00:00.000Z'],
    ['whatever letters the token uses', 'Guardian', undefined, '2028-03-09T00:00:00.000Z'],
    ['of others has no end', 'healthcare-power-of-attorney', undefined, 'never'],
    [
      'ends when the token says so',
      'healthcare-power-of-attorney',
      '2027-01-01T08:00:00+01:00',
      '2027-01-01T07:00:00.000Z',
    ],
    ['the earlier of both counts', 'parent', '2027-01-01T00:00:00Z', '2027-01-01T00:00:00.000Z'],
    [
      'and majority when that is earlier',
      'parent',
      '2040-01-01T00:00:00Z',
      '2028-03-09T00:00:00.000Z',
    ],
    ['has ended to the millisecond', 'x', NOW.toISOString(), 'consent/authority-ended'],
    ['has not a millisecond before', 'x', '2026-11-22T12:00:00.001Z', '2026-11-22T12:00:00.001Z'],
  ])('%s', (_, relationship, until, end) => {
    expect(endOf(acting(relationship, until))).toBe(end);
  });

  test('consent/authority-missing: where an age is set, the token has to say the relationship', () => {
    expect(endOf(acting())).toBe('consent/authority-missing');
    expect(endOf(acting(), Authority.parse({}))).toBe('never');
  });

  test('without an age nobody grows out of it', () => {
    expect(endOf(acting('parent'), Authority.parse({}))).toBe('never');
  });

  test('begins and ends with the day in the place that is set, in its summer and winter', () => {
    const chicago = { ...MAJORITY, timeZone: 'America/Chicago' };
    expect(endOf(acting('parent'), chicago)).toBe('2028-03-09T06:00:00.000Z');
    const july = { birthDate: '2010-07-01' };
    expect(endOf(acting('parent'), chicago, july)).toBe('2028-07-01T05:00:00.000Z');
  });

  test('of a child of 29 February ends on the 28th', () => {
    const leap = { birthDate: '2012-02-29' };
    expect(endOf(acting('parent'), MAJORITY, leap)).toBe('2030-02-28T00:00:00.000Z');
  });

  test('consent/authority-ended: the child is of age today', () => {
    const today = new Date('2028-03-09T00:00:00.000Z');
    expect(endOf(acting('parent'), MAJORITY, CHILD, today)).toBe('consent/authority-ended');
  });

  test.each(['patient', 'provider'] as const)('a %s acts without one', (kind) => {
    expect(authorityOf({ kind, subject: 's' }, CHILD, MAJORITY, NOW)).toEqual(done({}));
    expect(isAuthorityEnded({}, NOW)).toBe(false);
  });
});

test('the settings know time zones', () => {
  expect(Authority.safeParse({ timeZone: 'America/Gotham' }).success).toBe(false);
});
