import { describe, expect, test } from '@jest/globals';
import { done, failAt } from '../../../shared/outcome.ts';
import { understoodSchedule } from '../../../shared/transmit-request/schedule/understood.ts';
import type { Frequency } from '../../../shared/transmit-request/transmit-request.ts';

const AT = { at: '07:30', timeZone: 'Europe/Berlin' };

const bad = (...faults: readonly (readonly [pointer: string, code: string])[]) =>
  failAt(
    'transmit-request/bad-schedule',
    faults.map(([pointer, code]) => ({ pointer: `/schedule${pointer}`, code })),
  );

describe('a schedule', () => {
  test.each([
    ['daily', AT],
    ['daily', { at: '00:00', timeZone: 'UTC' }],
    ['daily', { at: '23:59', timeZone: 'America/Argentina/Buenos_Aires' }],
    ['weekly', { ...AT, dayOfWeek: 7 }],
    ['monthly', { ...AT, dayOfMonth: 31 }],
  ] as const)('%s, %j, is kept as it is', (frequency, asked) => {
    expect(understoodSchedule(asked, frequency)).toEqual(done(asked));
  });

  test('has its zone in the spelling of the database', () => {
    const asked = { ...AT, timeZone: 'europe/BERLIN' };
    expect(understoodSchedule(asked, 'daily')).toEqual(done(AT));
  });

  test.each(['once', 'on-update'] as const)('is not needed for %s', (frequency) => {
    expect(understoodSchedule(undefined, frequency)).toEqual(done(undefined));
  });

  test.each<readonly [Frequency, object | undefined, ReturnType<typeof bad>]>([
    ['daily', undefined, bad(['', 'missing'])],
    ['once', AT, bad(['', 'not-scheduled'])],
    ['on-update', AT, bad(['', 'not-scheduled'])],
    ['weekly', AT, bad(['/dayOfWeek', 'missing'])],
    ['monthly', AT, bad(['/dayOfMonth', 'missing'])],
    ['daily', { ...AT, dayOfWeek: 1 }, bad(['/dayOfWeek', 'not-of-this-frequency'])],
    [
      'weekly',
      { ...AT, dayOfWeek: 1, dayOfMonth: 1 },
      bad(['/dayOfMonth', 'not-of-this-frequency']),
    ],
    ['weekly', { ...AT, dayOfWeek: 0 }, bad(['/dayOfWeek', 'out-of-range'])],
    ['weekly', { ...AT, dayOfWeek: 8 }, bad(['/dayOfWeek', 'out-of-range'])],
    ['weekly', { ...AT, dayOfWeek: 1.5 }, bad(['/dayOfWeek', 'out-of-range'])],
    ['weekly', { ...AT, dayOfWeek: Number.NaN }, bad(['/dayOfWeek', 'out-of-range'])],
    ['monthly', { ...AT, dayOfMonth: 32 }, bad(['/dayOfMonth', 'out-of-range'])],
    ['monthly', { ...AT, dayOfMonth: -1 }, bad(['/dayOfMonth', 'out-of-range'])],
    [
      'weekly',
      { at: '', timeZone: '', dayOfWeek: 9 },
      bad(['/at', 'not-a-time'], ['/timeZone', 'unknown-zone'], ['/dayOfWeek', 'out-of-range']),
    ],
  ])('transmit-request/bad-schedule: %s, %j', (frequency, asked, refused) => {
    expect(understoodSchedule(asked as typeof AT | undefined, frequency)).toEqual(refused);
  });

  test.each(['7:30', '24:00', '07:60', '07:30:00', ' 07:30', '07:30\n', '0730', '١٢:٣٠'])(
    'transmit-request/bad-schedule: %j is no time',
    (at) => {
      expect(understoodSchedule({ ...AT, at }, 'daily')).toEqual(bad(['/at', 'not-a-time']));
    },
  );

  test.each([
    'Mars/Olympus',
    'Berlin',
    '+01:00',
    'GMT+1',
    'Z',
    '2020-01-01T00:00Z[Europe/Berlin]',
    'Europe/Berlin\n',
    '../../etc/passwd',
    '__proto__',
    `Europe/${'B'.repeat(80)}`,
    'A/A/A/A',
  ])('transmit-request/bad-schedule: %j is no zone', (timeZone) => {
    const refused = bad(['/timeZone', 'unknown-zone']);
    expect(understoodSchedule({ ...AT, timeZone }, 'daily')).toEqual(refused);
  });
});
