import { describe, expect, test } from '@jest/globals';
import { agedBefore, AGING, type Aging } from '../shared/report/retention/aging.ts';
import {
  Retention,
  type RetentionSettings,
  retentionFaults,
} from '../shared/settings-retention.ts';

const DEFAULTS: RetentionSettings = Retention.parse({});
const NOW = new Date('2033-11-22T12:00:00.000Z');

const on = (day: string): Date => agedBefore('trace', DEFAULTS, new Date(`${day}T12:00:00Z`));

describe('how long what is kept is kept', () => {
  test('is years for what proves something, and days for bytes', () => {
    expect(DEFAULTS).toEqual({
      consentYears: 7,
      directiveYears: 7,
      transmissionYears: 7,
      auditYears: 7,
      rawMessageDays: 7,
      supersededRecordDays: 30,
      noticeDays: 90,
    });
    expect(retentionFaults(DEFAULTS)).toEqual([]);
  });

  test.each<[keyof RetentionSettings, Partial<RetentionSettings>]>([
    ['consentYears', { consentYears: 6 }],
    ['directiveYears', { directiveYears: 6 }],
    ['auditYears', { consentYears: 8 }],
    ['auditYears', { auditYears: 6 }],
    ['rawMessageDays', { transmissionYears: 1, rawMessageDays: 366 }],
  ])('%s contradicts another: %j', (path, differing) => {
    const faults = retentionFaults({ ...DEFAULTS, ...differing });
    expect(faults.map((each) => each.path)).toEqual([path]);
  });

  test.each([{ noticeDays: 27 }, { rawMessageDays: 0 }, { consentYears: 0 }, { keepDays: 1 }])(
    'is refused: %j',
    (given) => {
      expect(Retention.safeParse(given).success).toBe(false);
    },
  );

  test.each<[Aging, string]>([
    ['message', '2033-11-15T12:00:00.000Z'],
    ['record', '2033-10-23T12:00:00.000Z'],
    ['submission', '2033-10-23T12:00:00.000Z'],
    ['transmission', '2026-11-22T12:00:00.000Z'],
    ['directive', '2026-11-22T12:00:00.000Z'],
    ['consent', '2026-11-22T12:00:00.000Z'],
    ['trace', '2026-11-22T12:00:00.000Z'],
  ])('of class %s goes what began to age before %s', (aging, before) => {
    expect(agedBefore(aging, DEFAULTS, NOW).toISOString()).toBe(before);
  });

  test('each class has its own setting', () => {
    const years = { ...DEFAULTS, consentYears: 10, directiveYears: 9, transmissionYears: 8 };
    const apart = AGING.map((each) => agedBefore(each, years, NOW).getUTCFullYear());
    expect(apart).toEqual([2033, 2025, 2024, 2023, 2033, 2033, 2025]);
  });

  test('seven years after 29 February are over on 1 March, and no day too early', () => {
    const written = new Date('2024-02-29T12:00:00Z');
    expect(on('2031-02-28') < written).toBe(true);
    expect(on('2031-03-01') > written).toBe(true);
    // Of 28 February 2025, nothing is removed on 29 February 2032 that is not seven years old.
    expect(on('2032-02-29').toISOString()).toBe('2025-02-28T12:00:00.000Z');
  });
});
