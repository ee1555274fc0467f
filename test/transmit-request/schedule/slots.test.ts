import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { latestRunBy, nextRunAfter } from '../../../shared/transmit-request/schedule/slots.ts';
import type {
  Schedule,
  ScheduledFrequency,
} from '../../../shared/transmit-request/transmit-request.ts';
import { cases } from '../../support/counts.ts';
import { slotsOfYears } from './wall-clock.ts';

const [BERLIN, NEW_YORK] = ['Europe/Berlin', 'America/New_York'];

type Case = readonly [
  claim: string,
  frequency: ScheduledFrequency,
  schedule: Schedule,
  after: string,
  next: string,
];

const KNOWN: readonly Case[] = [
  [
    'later the same day',
    'daily',
    { at: '07:30', timeZone: BERLIN },
    '2026-11-22T06:29:59.999Z',
    '2026-11-22T06:30:00.000Z',
  ],
  [
    'not the slot that it stands on, but the next',
    'daily',
    { at: '07:30', timeZone: BERLIN },
    '2026-11-22T06:30:00.000Z',
    '2026-11-23T06:30:00.000Z',
  ],
  [
    'a day that begins later there than in UTC',
    'daily',
    { at: '23:00', timeZone: NEW_YORK },
    '2026-11-22T03:00:00Z',
    '2026-11-22T04:00:00.000Z',
  ],
  [
    'a minute that does not exist: an hour later',
    'daily',
    { at: '02:30', timeZone: BERLIN },
    '2026-03-28T12:00:00Z',
    '2026-03-29T01:30:00.000Z',
  ],
  [
    'the day after it, on time again',
    'daily',
    { at: '02:30', timeZone: BERLIN },
    '2026-03-29T01:30:00Z',
    '2026-03-30T00:30:00.000Z',
  ],
  [
    'a minute that comes twice: the first',
    'daily',
    { at: '02:30', timeZone: BERLIN },
    '2026-10-24T12:00:00Z',
    '2026-10-25T00:30:00.000Z',
  ],
  [
    'between the two, no second time',
    'daily',
    { at: '02:30', timeZone: BERLIN },
    '2026-10-25T00:45:00Z',
    '2026-10-26T01:30:00.000Z',
  ],
  [
    'a minute that does not exist, over there',
    'daily',
    { at: '02:00', timeZone: NEW_YORK },
    '2026-03-08T00:00:00Z',
    '2026-03-08T07:00:00.000Z',
  ],
  [
    'the evening before the clocks go back, over there',
    'daily',
    { at: '01:59', timeZone: NEW_YORK },
    '2026-11-01T00:00:00Z',
    '2026-11-01T05:59:00.000Z',
  ],
  [
    'where summer is half an hour: half an hour later',
    'daily',
    { at: '02:15', timeZone: 'Australia/Lord_Howe' },
    '2026-10-03T12:00:00Z',
    '2026-10-03T15:45:00.000Z',
  ],
  [
    'a minute that comes twice there',
    'daily',
    { at: '01:45', timeZone: 'Australia/Lord_Howe' },
    '2026-04-04T12:00:00Z',
    '2026-04-04T14:45:00.000Z',
  ],
  [
    'a day that a country left out: on the next',
    'daily',
    { at: '09:00', timeZone: 'Pacific/Apia' },
    '2011-12-29T20:00:00Z',
    '2011-12-30T19:00:00.000Z',
  ],
  [
    'and that is one slot, not two',
    'daily',
    { at: '09:00', timeZone: 'Pacific/Apia' },
    '2011-12-30T19:00:00Z',
    '2011-12-31T19:00:00.000Z',
  ],
  [
    'where summer begins at midnight',
    'daily',
    { at: '00:30', timeZone: 'Asia/Beirut' },
    '2026-03-28T12:00:00Z',
    '2026-03-28T22:30:00.000Z',
  ],
  [
    'a Friday that was left out: on the Saturday',
    'weekly',
    { at: '09:00', timeZone: 'Pacific/Apia', dayOfWeek: 5 },
    '2011-12-29T20:00:00Z',
    '2011-12-30T19:00:00.000Z',
  ],
  [
    'Monday, seen from a Sunday',
    'weekly',
    { at: '08:00', timeZone: BERLIN, dayOfWeek: 1 },
    '2026-11-22T12:00:00Z',
    '2026-11-23T07:00:00.000Z',
  ],
  [
    'Sunday, seen from a Monday',
    'weekly',
    { at: '08:00', timeZone: BERLIN, dayOfWeek: 7 },
    '2026-11-23T12:00:00Z',
    '2026-11-29T07:00:00.000Z',
  ],
  [
    'the same day of the week, too late',
    'weekly',
    { at: '08:00', timeZone: BERLIN, dayOfWeek: 7 },
    '2026-11-22T12:00:00Z',
    '2026-11-29T07:00:00.000Z',
  ],
  [
    'the 31st of November',
    'monthly',
    { at: '08:00', timeZone: BERLIN, dayOfMonth: 31 },
    '2026-11-22T12:00:00Z',
    '2026-11-30T07:00:00.000Z',
  ],
  [
    'the 31st again after a shorter month',
    'monthly',
    { at: '08:00', timeZone: BERLIN, dayOfMonth: 31 },
    '2026-11-30T07:00:00Z',
    '2026-12-31T07:00:00.000Z',
  ],
  [
    'the 29th of February, where there is none',
    'monthly',
    { at: '08:00', timeZone: BERLIN, dayOfMonth: 29 },
    '2027-02-01T00:00:00Z',
    '2027-02-28T07:00:00.000Z',
  ],
  [
    'the 30th of February, where there are 29',
    'monthly',
    { at: '08:00', timeZone: BERLIN, dayOfMonth: 30 },
    '2028-02-01T00:00:00Z',
    '2028-02-29T07:00:00.000Z',
  ],
  [
    'the first, over the turn of the year',
    'monthly',
    { at: '00:00', timeZone: NEW_YORK, dayOfMonth: 1 },
    '2026-12-31T12:00:00Z',
    '2027-01-01T05:00:00.000Z',
  ],
];

describe('the next slot of a schedule', () => {
  test.each(KNOWN)('%s', (_, frequency, schedule, after, next) => {
    expect(nextRunAfter(schedule, frequency, new Date(after)).toISOString()).toBe(next);
    // A millisecond before it, it is still the next; at it, it is the latest.
    const just = new Date(Date.parse(next) - 1);
    expect(nextRunAfter(schedule, frequency, just).toISOString()).toBe(next);
    expect(latestRunBy(schedule, frequency, new Date(next)).toISOString()).toBe(next);
    expect(latestRunBy(schedule, frequency, just) <= new Date(after)).toBe(true);
  });

  test('of a moment that is none, or at the end of all time, is an error and no endless search', () => {
    const schedule = { at: '12:00', timeZone: BERLIN };
    expect(() => nextRunAfter(schedule, 'daily', new Date(Number.NaN))).toThrow(RangeError);
    expect(() => nextRunAfter(schedule, 'daily', new Date(8.64e15))).toThrow(RangeError);
  });
});

const ZONES = [
  BERLIN,
  NEW_YORK,
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Africa/Casablanca',
  'America/Sao_Paulo',
  'Asia/Beirut',
  'Asia/Kathmandu',
  'Pacific/Chatham',
  'UTC',
];

const two = (value: number) => String(value).padStart(2, '0');

const minutes = fc
  .integer({ min: 0, max: 24 * 60 - 1 })
  .map((minute) => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`);

/** Where clocks are changed: most gaps and repeats lie there. */
const at = fc.oneof(minutes, fc.constantFrom('00:00', '00:30', '01:30', '02:00', '02:30', '23:59'));

const scheduled = fc.oneof(
  fc.record({ at, timeZone: fc.constantFrom(...ZONES) }).map((s) => ['daily', s] as const),
  fc
    .record({
      at,
      timeZone: fc.constantFrom(...ZONES),
      dayOfWeek: fc.integer({ min: 1, max: 7 }),
    })
    .map((s) => ['weekly', s] as const),
  fc
    .record({
      at,
      timeZone: fc.constantFrom(...ZONES),
      dayOfMonth: fc.integer({ min: 1, max: 31 }),
    })
    .map((s) => ['monthly', s] as const),
);

test('over three years, the slots are those of a calendar and a clock on the wall: none skipped, none twice', () => {
  fc.assert(
    fc.property(scheduled, fc.integer({ min: 2010, max: 2035 }), ([frequency, schedule], year) => {
      const expected = slotsOfYears(schedule, frequency, year, year + 2);
      const found: Date[] = [];
      let slot = new Date(expected[0]! - 1);
      for (const _ of expected) {
        const next = nextRunAfter(schedule, frequency, slot);
        expect(next > slot).toBe(true);
        expect(latestRunBy(schedule, frequency, new Date(next.getTime() - 1)) <= slot).toBe(true);
        found.push((slot = next));
      }
      expect(found.map((each) => each.toISOString())).toEqual(
        expected.map((each) => new Date(each).toISOString()),
      );
    }),
    { numRuns: cases(6) },
  );
});

test('from any moment, the next slot is the first after it and the latest the last up to it', () => {
  fc.assert(
    fc.property(scheduled, fc.integer({ min: 1, max: 3 * 365 * 86_400 }), (schedule, second) => {
      const [frequency, given] = schedule;
      const moment = Date.UTC(2010, 11, 1) + second * 1000;
      const all = slotsOfYears(given, frequency, 2010, 2014);
      const next = all.find((slot) => slot > moment);
      expect(nextRunAfter(given, frequency, new Date(moment)).getTime()).toBe(next);
      const latest = latestRunBy(given, frequency, new Date(moment)).getTime();
      expect(latest).toBe(all.findLast((slot) => slot <= moment) ?? latest);
    }),
    { numRuns: cases(20) },
  );
});
