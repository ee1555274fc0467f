import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { PatientId, PatientKey } from '../../shared/ids.ts';
import { done, fail } from '../../shared/outcome.ts';
import { eventTrigger, parseEventType, parseOccurredAt } from '../../shared/trigger/event.ts';
import { EVENT_TYPES } from '../../shared/event-types.ts';
import { cases } from '../support/counts.ts';

const NOW = new Date('2026-11-22T12:00:00.000Z');

describe('the time of an event', () => {
  test.each([
    ['2026-11-22T06:00:00-06:00', '2026-11-22T12:00:00.000Z'],
    ['2026-11-22t12:00:00.5z', '2026-11-22T12:00:00.500Z'],
    ['2026-11-22T12:00:00.123456789Z', '2026-11-22T12:00:00.123Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
    ['2026-11-22T12:05:00Z', '2026-11-22T12:05:00.000Z'],
  ])('%s is %s', (text, expected) => {
    expect(parseOccurredAt(text, NOW)).toEqual(done(expected));
  });

  test.each([
    ['five minutes and a second ahead', '2026-11-22T12:05:01Z'],
    ['no zone', '2026-11-22T12:00:00'],
    ['no time', '2026-11-22'],
    ['no such day', '2026-02-29T00:00:00Z'],
    ['no such month', '2026-13-01T00:00:00Z'],
    ['no such hour', '2026-11-21T24:00:00Z'],
    ['no such offset', '2026-11-21T12:00:00+24:00'],
    ['a leap second', '2016-12-31T23:59:60Z'],
    ['a blank for the T', '2026-11-22 12:00:00Z'],
    ['something before it', ' 2026-11-22T12:00:00Z'],
    ['a line break after it', '2026-11-22T12:00:00Z\n'],
    ['words', 'yesterday'],
    ['nothing', ''],
  ])('trigger/bad-time: %s', (_, text) => {
    expect(parseOccurredAt(text, NOW)).toEqual(fail('trigger/bad-time'));
  });

  test('is kept for every moment of the past, in every zone', () => {
    const offsets = fc.integer({ min: -14 * 60, max: 14 * 60 });
    const past = fc.date({ min: new Date(0), max: NOW, noInvalidDate: true });
    fc.assert(
      fc.property(past, offsets, (moment, minutes) => {
        const local = new Date(moment.getTime() + minutes * 60_000).toISOString().slice(0, -1);
        const clock = new Date(Math.abs(minutes) * 60_000).toISOString().slice(11, 16);
        const text = `${local}${minutes < 0 ? '-' : '+'}${clock}`;
        expect(parseOccurredAt(text, NOW)).toEqual(done(moment.toISOString()));
      }),
      { numRuns: cases(100) },
    );
  });
});

test('a type is one of those that are documented, or one of the data holder’s own', () => {
  const kinds = ['x-visit'];
  for (const type of [...EVENT_TYPES, 'x-visit']) {
    expect(parseEventType(type, kinds)).toEqual(done(type));
  }
  for (const text of ['', 'requested', 'scheduled', 'Discharge', 'toString', 'x-other']) {
    expect(parseEventType(text, kinds)).toEqual(fail('trigger/unknown-type'));
  }
  expect(parseEventType('x-visit', [])).toEqual(fail('trigger/unknown-type'));
});

describe('the trigger of an event', () => {
  const WHOSE = { id: 'ana' as PatientId, key: 'pat_a' as PatientKey };
  const EVENT = { eventId: '1', type: 'discharge', occurredAt: '2026-11-22T10:00:00Z' } as const;

  test('has one id for each source and event id', () => {
    const one = eventTrigger('ehr', EVENT, WHOSE, NOW);
    expect(eventTrigger('ehr', { ...EVENT, type: 'transfer' }, WHOSE, NOW).id).toBe(one.id);
    expect(eventTrigger('lab', EVENT, WHOSE, NOW).id).not.toBe(one.id);
    expect(eventTrigger('ehr', { ...EVENT, eventId: '2' }, WHOSE, NOW).id).not.toBe(one.id);
    // A source cannot choose an event id that makes another source's trigger.
    expect(eventTrigger('ehr 1', { ...EVENT, eventId: '' }, WHOSE, NOW).id).not.toBe(one.id);
  });

  test('tells what was posted, but not when, from other content', () => {
    const one = eventTrigger('ehr', EVENT, WHOSE, NOW);
    const later = eventTrigger('ehr', EVENT, WHOSE, new Date('2026-11-23T00:00:00Z'));
    expect(later.contentSha256).toBe(one.contentSha256);
    const plain = eventTrigger('ehr', { ...EVENT, cancels: false }, WHOSE, NOW);
    expect(plain).toEqual(one);
    for (const other of [
      eventTrigger('ehr', { ...EVENT, type: 'transfer' }, WHOSE, NOW),
      eventTrigger('ehr', { ...EVENT, occurredAt: '2026-11-22T10:00:01Z' }, WHOSE, NOW),
      eventTrigger('ehr', { ...EVENT, cancels: true }, WHOSE, NOW),
      eventTrigger('ehr', EVENT, { ...WHOSE, id: 'ben' as PatientId }, NOW),
    ]) {
      expect(other.contentSha256).not.toBe(one.contentSha256);
    }
  });
});
