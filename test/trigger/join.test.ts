import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { TriggerId } from '../../shared/ids.ts';
import { windowAfter } from '../../shared/trigger/join.ts';
import { reasonOf, type Window } from '../../shared/trigger/window.ts';
import { window } from '../contracts/stores/samples.ts';
import { cases } from '../support/counts.ts';
import { atSecond } from '../support/histories.ts';
import { after, at, comes, event, REQUEST, SETTINGS } from './joining.ts';

describe('a window', () => {
  test('is opened by a trigger, and is the batch of that one', () => {
    const open = comes(event('transfer', 0), undefined, 0);
    expect(open).toMatchObject({
      requestId: 'req_1',
      patientKey: REQUEST.patientKey,
      openedAt: at(0),
      closesAt: at(300),
      joined: 1,
      triggers: [{ id: 'trg_transfer_0', kind: 'transfer', occurredAt: at(0) }],
    });
    expect(comes(event('transfer', 1), undefined, 1)?.batchId).not.toBe(open?.batchId);
  });

  test.each([
    [
      'stays open as long as something happens',
      [
        ['transfer', 0],
        ['result-available', 200],
      ],
      500,
    ],
    [
      'and at most that long',
      [
        ['transfer', 0],
        ['transfer', 290],
        ['transfer', 580],
        ['transfer', 870],
        ['transfer', 1160],
        ['transfer', 1450],
        ['transfer', 1740],
      ],
      1800,
    ],
    [
      'closes at once after a discharge',
      [
        ['transfer', 0],
        ['discharge', 100],
      ],
      100,
    ],
    [
      'and what comes behind it does not keep it open',
      [
        ['discharge', 0],
        ['transfer', 1],
      ],
      0,
    ],
    [
      'closes when it was to, when somebody comes late',
      [
        ['transfer', 0],
        ['transfer', 400],
      ],
      300,
    ],
    [
      'closes at once when the patient asks',
      [
        ['transfer', 0],
        ['requested', 7],
      ],
      7,
    ],
    ['closes at once when a slot has come', [['scheduled', 7]], 7],
  ] as const)('%s', (_, events, closes) => {
    expect(after(...events)).toMatchObject({ closesAt: at(closes), joined: events.length });
  });

  test('keeps the newest fifty of what joined, and counts all', () => {
    const burst = Array.from({ length: 60 }, (_, n) => ['transfer', n] as const);
    const open = after(...burst);
    expect(open?.joined).toBe(60);
    expect(open?.triggers.map(({ id }) => id)).toEqual(
      burst.slice(10).map(([, n]) => `trg_transfer_${n}`),
    );
  });

  test('takes nothing for later than it was heard of: clocks differ', () => {
    const ahead = event('transfer', 250, { receivedAt: at(10) });
    expect(comes(ahead, undefined, 10)?.triggers[0]?.occurredAt).toBe(at(10));
  });

  test('is left alone by what is no reason to send under its request', () => {
    const open = window();
    expect(comes(event('transfer', 1), open, 1, false)).toBe(open);
    expect(comes(event('record-updated', 1), open, 1, false)).toBe(open);
    expect(comes(event('transfer', 1), undefined, 1, false)).toBeUndefined();
  });

  test('says what its copies are for: what happened, before that the record changed', () => {
    expect(reasonOf(after(['record-updated', 0], ['transfer', 1], ['discharge', 2])!)).toBe(
      'transfer',
    );
    expect(reasonOf(after(['record-updated', 0])!)).toBe('record-updated');
  });
});

test('closes between the last that joined and the longest that it may stay open, unless at once', () => {
  const kind = fc.constantFrom('transfer', 'record-updated', 'eob-available');
  const wait = fc.integer({ min: 0, max: 400 });
  const settings = fc.record({
    quietSeconds: fc.integer({ min: 0, max: 400 }),
    atMostSeconds: fc.integer({ min: 0, max: 2000 }),
  });
  fc.assert(
    fc.property(fc.array(fc.tuple(kind, wait), { minLength: 1 }), settings, (burst, times) => {
      let second = 0;
      let open: Window | undefined;
      for (const [each, waited] of burst) {
        second += waited;
        // What comes when it should have closed joins the next one.
        if (open && open.closesAt <= at(second)) return;
        const meeting = { request: REQUEST, concerned: true, window: open };
        open = windowAfter(event(each, second), meeting, atSecond(second), {
          ...SETTINGS,
          ...times,
        });
        const longest = new Date(Date.parse(open!.openedAt) + times.atMostSeconds * 1000);
        expect(open!.closesAt <= longest.toISOString()).toBe(true);
        expect(open!.closesAt >= at(second)).toBe(true);
      }
    }),
    { numRuns: cases(200) },
  );
});

const waiting = (why: 'none' | 'older') =>
  window(undefined, {
    closesAt: at(4000),
    waitsForRecord: { why, since: at(400), until: at(4000) },
    triggers: [
      { id: 'trg_1' as TriggerId, kind: 'discharge', occurredAt: at(0) },
      { id: 'trg_2' as TriggerId, kind: 'transfer', occurredAt: at(100) },
    ],
    joined: 2,
  });

describe('a window that waits for the record', () => {
  test.each([true, false])(
    'is looked at when the record changes (reason to send: %s)',
    (concerned) => {
      const open = comes(event('record-updated', 500), waiting('none'), 500, concerned);
      expect(open).toMatchObject({ closesAt: at(500), joined: concerned ? 3 : 2 });
      expect(open?.waitsForRecord).toEqual(waiting('none').waitsForRecord);
    },
  );

  test('is looked at when somebody asks for a copy: it waits on if the record still lacks it', () => {
    const open = comes(event('requested', 500), waiting('older'), 500);
    expect(open).toMatchObject({ closesAt: at(500), joined: 3 });
    expect(open?.waitsForRecord).toEqual(waiting('older').waitsForRecord);
  });

  test.each(['discharge', 'transfer'])('waits on when something else comes: %s', (kind) => {
    const open = comes(event(kind, 500), waiting('older'), 500);
    expect(open).toMatchObject({ closesAt: at(4000), joined: 3 });
  });

  test('is looked at when something of it is called off', () => {
    const open = comes(event('transfer', 500, { cancels: true }), waiting('older'), 500, false);
    expect(open).toMatchObject({ closesAt: at(500), joined: 1 });
  });
});

const cancel = (kind: string, second: number) => event(kind, second, { cancels: true });

describe('an event that is called off', () => {
  test('leaves the window, which is dropped when nothing is left in it', () => {
    expect(comes(cancel('transfer', 10), after(['transfer', 0]), 10, false)).toBeUndefined();
    const open = comes(
      cancel('transfer', 10),
      after(['transfer', 0], ['transfer', 5], ['image-available', 6]),
      10,
      false,
    );
    expect(open).toMatchObject({
      joined: 1,
      closesAt: at(306),
      triggers: [{ kind: 'image-available' }],
    });
  });

  test.each([
    ['of another kind', cancel('image-available', 10)],
    ['that came after what calls it off', cancel('transfer', -1)],
  ])('stays in it: one %s', (_, coming) => {
    const open = after(['transfer', 0]);
    expect(comes(coming, open, 10, false)).toBe(open);
  });

  test('opens nothing', () => {
    expect(comes(cancel('transfer', 10), undefined, 10, false)).toBeUndefined();
  });

  test('does not take with it what is not kept of a burst', () => {
    const burst = Array.from({ length: 60 }, (_, n) => ['transfer', n] as const);
    expect(comes(cancel('transfer', 70), after(...burst), 70, false)).toMatchObject({
      joined: 10,
      triggers: [],
    });
  });
});
