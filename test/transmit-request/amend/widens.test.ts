import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { DirectAddress } from '../../../shared/ids.ts';
import type { Terms } from '../../../shared/transmit-request/amend/terms.ts';
import { widens } from '../../../shared/transmit-request/amend/widens.ts';
import { KIM, LEE } from '../../contracts/stores/samples.ts';
import { cases } from '../../support/counts.ts';

const UPDATES: Terms = { addresses: [LEE], frequency: 'on-update' };
const of = (more: Partial<Terms>): Terms => ({ ...UPDATES, ...more });
const [SOON, LATE] = ['2027-01-01T00:00:00.000Z', '2027-06-01T00:00:00.000Z'];

/** The first asks for more than the second; the other way round it asks for less. */
const MORE: readonly (readonly [string, Terms, Terms])[] = [
  ['to somebody more', of({ addresses: [LEE, KIM] }), UPDATES],
  ['whenever something happens, not daily', UPDATES, of({ frequency: 'daily' })],
  ['daily, not weekly', of({ frequency: 'daily' }), of({ frequency: 'weekly' })],
  ['weekly, not monthly', of({ frequency: 'weekly' }), of({ frequency: 'monthly' })],
  ['monthly, not once', of({ frequency: 'monthly' }), of({ frequency: 'once' })],
  ['for all events, not some', UPDATES, of({ triggers: ['discharge'] })],
  ['for one event more', of({ triggers: ['discharge', 'x'] }), of({ triggers: ['x'] })],
  ['without an end', UPDATES, of({ until: SOON })],
  ['for longer', of({ until: LATE }), of({ until: SOON })],
];

describe('it asks for more', () => {
  test.each(MORE)('%s', (_, more, less) => {
    expect([widens(less, more), widens(more, less)]).toEqual([true, false]);
  });

  test.each<[string, Terms, Terms]>([
    ['to somebody else instead', UPDATES, of({ addresses: [KIM] })],
    ['for other events instead', of({ triggers: ['discharge'] }), of({ triggers: ['x'] })],
    [
      'by the clock instead of after some events',
      of({ triggers: ['x'] }),
      of({ frequency: 'monthly' }),
    ],
    [
      'after some events instead of by the clock',
      of({ frequency: 'daily' }),
      of({ triggers: ['x'] }),
    ],
  ])('either way: %s', (_, one, other) => {
    expect([widens(one, other), widens(other, one)]).toEqual([true, true]);
  });

  test.each<[string, Terms, Terms]>([
    ['in another order', of({ addresses: [LEE, KIM] }), of({ addresses: [KIM, LEE] })],
    ['under another name', UPDATES, of({ clientReference: 'visit 8' })],
    [
      'at another time of day',
      of({ frequency: 'daily', schedule: { at: '07:30', timeZone: 'UTC' } }),
      of({ frequency: 'daily', schedule: { at: '09:00', timeZone: 'UTC' } }),
    ],
  ])('neither way: %s', (_, one, other) => {
    expect([widens(one, other), widens(other, one)]).toEqual([false, false]);
  });
});

const someOf = <T>(...all: readonly T[]) =>
  fc.uniqueArray(fc.constantFrom(...all), { minLength: 1 });

const terms: fc.Arbitrary<Terms> = fc
  .record({
    addresses: someOf(LEE, KIM, 'dr.who@direct.other.example' as DirectAddress),
    frequency: fc.constantFrom('once', 'monthly', 'weekly', 'daily', 'on-update' as const),
    triggers: fc.option(someOf('discharge', 'transfer', 'x'), { nil: undefined }),
    until: fc.constantFrom(undefined, SOON, LATE),
  })
  .map(({ triggers, until, ...each }) => ({
    ...each,
    ...(triggers && each.frequency === 'on-update' ? { triggers } : {}),
    ...(until === undefined ? {} : { until }),
  }));

test('who asks for less twice has never asked for more than at first', () => {
  fc.assert(
    fc.property(terms, terms, terms, (first, second, third) => {
      fc.pre(!widens(first, second) && !widens(second, third));
      expect(widens(first, third)).toBe(false);
    }),
    { numRuns: cases(200) },
  );
});
