import { describe, expect, test } from '@jest/globals';
import { dtmOf, localDateOf, readableDateOf } from '../../../shared/package/derive/times.ts';

describe('times are UTC, as precise as they were written', () => {
  test.each([
    ['20260302141530-0600', '20260302201530'],
    ['20260302141530.123-0600', '20260302201530'],
    ['202603022315+0530', '202603021745'],
    ['20260101003000+0100', '20251231233000'],
    ['20240228235900-0100', '20240229005900'],
    ['2026030214-0600', '202603022000'],
    ['20260302', '20260302'],
    ['202603', '202603'],
    ['2026', '2026'],
    ['20260302-0600', '20260302'],
    ['20260302141530', '20260302'],
  ])('%s is %s', (written, utc) => {
    expect(dtmOf(written)).toBe(utc);
  });

  test.each([
    undefined,
    '',
    'yesterday',
    '2026-03-02',
    '20261302',
    '20260230',
    '20260302250000+0000',
    '20260302146000+0000',
    '2026030214153',
    '20260302141530+9900',
    '20260302141530Z',
    '99999',
    '\u0662\u0660\u0662\u0666',
  ])('%s is no time', (written) => {
    expect(dtmOf(written)).toBeUndefined();
  });

  test('a birthday does not move with the time zone', () => {
    expect(localDateOf('19840309233000-0600')).toBe('19840309');
    expect(readableDateOf('19840309233000-0600')).toBe('1984-03-09');
    expect(readableDateOf('1984')).toBe('1984');
  });
});
