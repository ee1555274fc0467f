import { describe, expect, test } from '@jest/globals';
import {
  changeOf,
  isOver,
  membersOf,
  ONCE,
  wantedOf,
  type WantedFrequency,
} from '../../portal/choose/wanted-frequency.ts';
import { RequestBody } from '../../shared/transmit-request/bodies.ts';
import { understoodSchedule } from '../../shared/transmit-request/schedule/understood.ts';

const ZONE = 'America/Los_Angeles';
const BASE: WantedFrequency = {
  ...ONCE,
  at: '06:30',
  dayOfWeek: 7,
  dayOfMonth: 31,
  timeZone: ZONE,
};
const AT = { at: '06:30', timeZone: ZONE };

describe('how often, as the fields have it', () => {
  test.each([
    ['once', {}],
    ['on-update', {}],
    ['daily', { schedule: AT }],
    ['weekly', { schedule: { ...AT, dayOfWeek: 7 } }],
    ['monthly', { schedule: { ...AT, dayOfMonth: 31 } }],
  ] as const)('is what the API takes: %s', (frequency, members) => {
    const body = membersOf({ ...BASE, frequency });
    expect(body).toEqual({ frequency, ...members });
    expect(RequestBody.safeParse({ addresses: ['a@b.example'], ...body }).success).toBe(true);
    expect(understoodSchedule(body.schedule, frequency).ok).toBe(true);
    expect(wantedOf(body)).toMatchObject({ frequency, ...body.schedule });
    expect(membersOf(wantedOf(body))).toEqual(body);
  });

  test('goes by the clock of the browser where nothing else was asked for', () => {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    expect(membersOf({ ...ONCE, frequency: 'daily' }).schedule).toEqual({ at: '08:00', timeZone });
  });

  test('a change takes away what belongs to another frequency', () => {
    expect(changeOf({ ...BASE, frequency: 'on-update' })).toEqual({
      frequency: 'on-update',
      schedule: null,
      until: null,
    });
    expect(changeOf({ ...BASE, frequency: 'weekly' })).toMatchObject({
      schedule: { ...AT, dayOfWeek: 7, dayOfMonth: null },
    });
    expect(changeOf({ ...BASE, frequency: 'monthly' })).toMatchObject({
      schedule: { ...AT, dayOfWeek: null, dayOfMonth: 31 },
    });
  });
});

describe('until when', () => {
  test('is the end of the day by the clock of the reader', () => {
    const { until = '' } = membersOf({ ...ONCE, lastDay: '2030-02-28' });
    const next = new Date(Date.parse(until) + 1000);
    expect([next.getFullYear(), next.getMonth(), next.getDate()]).toEqual([2030, 2, 1]);
    expect([next.getHours(), next.getMinutes(), next.getSeconds()]).toEqual([0, 0, 0]);
    expect(RequestBody.shape.until.safeParse(until).success).toBe(true);
    expect(wantedOf({ frequency: 'once', until }).lastDay).toBe('2030-02-28');
  });

  test('stays to the second while its day does', () => {
    const until = '2030-02-28T12:34:56.000Z';
    const wanted = wantedOf({ frequency: 'once', until });
    expect(membersOf(wanted).until).toBe(until);
    expect(membersOf({ ...wanted, lastDay: '2030-03-01' }).until).not.toBe(until);
    expect(membersOf({ ...wanted, lastDay: '' })).toEqual({ frequency: 'once' });
    expect(changeOf({ ...wanted, lastDay: '' })).toMatchObject({ until: null });
  });

  test.each([
    ['', false],
    ['2026-03-09', true],
    ['2026-03-10', false],
    ['2026-03-11', false],
    ['9999-12-31', false],
    ['20266-01-01', true],
    ['275760-01-01', true],
  ])('%s is over, or no such day: %s', (lastDay, isSo) => {
    const wanted = { ...ONCE, lastDay };
    expect(isOver(wanted, new Date(2026, 2, 10, 23, 59, 59))).toBe(isSo);
    expect(() => membersOf(wanted)).not.toThrow();
  });
});
