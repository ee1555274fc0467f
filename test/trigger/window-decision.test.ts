import { describe, expect, test } from '@jest/globals';
import type { TriggerSettings } from '../../shared/settings.ts';
import { addressKeyOf, type TriggerId } from '../../shared/ids.ts';
import type { TransmitRequest } from '../../shared/transmit-request/transmit-request.ts';
import type { TriggerKind } from '../../shared/trigger/trigger.ts';
import type { Window } from '../../shared/trigger/window.ts';
import { windowDecision, type Seen } from '../../shared/trigger/window-decision.ts';
import { KIM, LEE, request, window } from '../contracts/stores/samples.ts';
import { atSecond } from '../support/histories.ts';

const SETTINGS: TriggerSettings = {
  fhirTopics: {},
  kinds: [],
  hl7: { kinds: {}, authorities: {}, processingIds: ['P'], timeZone: 'UTC' },
  quietSeconds: 300,
  atMostSeconds: 1800,
  atOnce: [],
  staleRecordWaitSeconds: 3600,
  staleRecord: 'send',
  noRecordWaitSeconds: 86_400,
  copiesADay: 200,
};
const at = (second: number): string => atSecond(second).toISOString();
const documentAt = (second: number) => ({ receivedAt: at(second) });

const joined = (kind: TriggerKind, second: number) => ({
  id: `trg_${kind}` as TriggerId,
  kind,
  occurredAt: at(second),
});

/** A discharge at second 0, a document at second 1, and nothing sent that day. */
const SEEN: Seen = {
  window: window(),
  request: request('req_1'),
  documents: [documentAt(1)],
  copiesToday: 0,
};

const decided = (seen: Partial<Seen> = {}, second = 300, settings: Partial<TriggerSettings> = {}) =>
  windowDecision({ ...SEEN, ...seen }, atSecond(second), { ...SETTINGS, ...settings });

describe('a window whose time', () => {
  test('has not come is left alone', () => {
    expect(decided({}, 299.999)).toEqual({ do: 'leave' });
  });

  test('has come closes', () => {
    expect(decided()).toEqual({ do: 'close' });
    expect(decided({}, 99_999)).toEqual({ do: 'close' });
  });
});

describe('a window is dropped when its request', () => {
  const stopped: readonly (readonly [string, Partial<TransmitRequest>])[] = [
    ['was revoked', { status: 'revoked' }],
    ['is paused', { status: 'paused' }],
    ['has reached its end date', { until: at(299) }],
    ['was served', { frequency: 'once', servedAt: at(10) }],
    [
      'has no address that is active',
      {
        addresses: {
          [addressKeyOf(LEE)]: { address: LEE, status: 'paused' },
          [addressKeyOf(KIM)]: { address: KIM, status: 'revoked' },
        },
      },
    ],
  ];
  test.each(stopped)('%s', (_, more) => {
    expect(decided({ request: request('req_1', 0, more) })).toEqual({ do: 'drop' });
    expect(decided({ request: request('req_1', 0, more), documents: [] })).toEqual({ do: 'drop' });
  });
});

describe('a patient without a record', () => {
  const waits = { why: 'none', since: at(300), until: at(86_700) } as const;
  const waiting = window(undefined, { closesAt: waits.until, waitsForRecord: waits });

  test('is waited for, and that is told once', () => {
    const begun = { ...SEEN.window, closesAt: waits.until, waitsForRecord: waits };
    expect(decided({ documents: [] })).toEqual({ do: 'wait', begins: 'none', window: begun });
    const awake = { ...waiting, closesAt: at(500) };
    expect(decided({ documents: [], window: awake }, 500)).toEqual({ do: 'wait', window: waiting });
  });

  test('has one at last', () => {
    const awake = { ...waiting, closesAt: at(500) };
    expect(decided({ documents: [documentAt(500)], window: awake }, 500)).toEqual({ do: 'close' });
  });

  test('record/none: is waited for no longer than that', () => {
    const seen = { documents: [], window: waiting };
    expect(decided(seen, 86_700)).toEqual({ do: 'close', end: 'record/none' });
    expect(decided({ documents: [] }, 300, { noRecordWaitSeconds: 0 })).toEqual({
      do: 'close',
      end: 'record/none',
    });
  });
});

describe('a record that is older than what happened', () => {
  const waits = { why: 'older', since: at(300), until: at(3900) } as const;
  const waiting = window(undefined, { closesAt: waits.until, waitsForRecord: waits });
  const old = [documentAt(-9), documentAt(-5)];

  test('is waited for, and that is told once', () => {
    const begun = { ...SEEN.window, closesAt: waits.until, waitsForRecord: waits };
    expect(decided({ documents: old })).toEqual({ do: 'wait', begins: 'older', window: begun });
    const awake = { ...waiting, closesAt: at(500) };
    expect(decided({ documents: old, window: awake }, 500)).toEqual({
      do: 'wait',
      window: waiting,
    });
  });

  test('is new enough as soon as one document arrived at that moment or after it', () => {
    expect(decided({ documents: [...old, documentAt(0)] })).toEqual({ do: 'close' });
    expect(decided({ documents: [documentAt(0), ...old], window: waiting }, 3900)).toEqual({
      do: 'close',
    });
  });

  test('goes out by setting, and the copies say so', () => {
    expect(decided({ documents: old, window: waiting }, 3900)).toEqual({
      do: 'close',
      recordOlderThanEvent: true,
    });
  });

  test('record/stale: or ends by setting', () => {
    expect(decided({ documents: old, window: waiting }, 3900, { staleRecord: 'fail' })).toEqual({
      do: 'close',
      end: 'record/stale',
    });
  });

  test.each(['record-updated', 'requested', 'scheduled'] as const)(
    'is not older than what is no event: %s',
    (kind) => {
      const open: Window = window(undefined, { triggers: [joined(kind, 200)] });
      expect(decided({ documents: old, window: open })).toEqual({ do: 'close' });
    },
  );

  test.each(['transfer', 'eob-available', 'x-visit'] as const)(
    'the newest event counts: %s',
    (kind) => {
      const open = window(undefined, { triggers: [joined(kind, 200), joined('discharge', 0)] });
      expect(decided({ documents: [documentAt(199)], window: open })).toMatchObject({
        begins: 'older',
      });
    },
  );

  test('that is taken away altogether is waited for anew', () => {
    expect(decided({ documents: [], window: waiting }, 3900)).toMatchObject({
      do: 'wait',
      begins: 'none',
      window: { waitsForRecord: { why: 'none', since: at(3900), until: at(90_300) } },
    });
  });
});

describe('a record that is fetched when it is sent', () => {
  test('is never waited for, and never older than what happened', () => {
    expect(decided({ documents: 'elsewhere' })).toEqual({ do: 'close' });
    const late = { ...SEEN.window, triggers: [joined('discharge', 200)] };
    expect(decided({ documents: 'elsewhere', window: late })).toEqual({ do: 'close' });
  });
});

describe('more copies than are sent in a day', () => {
  const midnight = '2026-11-23T00:00:00.000Z';

  test('wait for the next one, UTC, and nothing of them is lost', () => {
    const capped = { do: 'wait', window: { ...SEEN.window, closesAt: midnight } };
    expect(decided({ copiesToday: 199 })).toEqual(capped);
    expect(decided({ copiesToday: 198 })).toEqual({ do: 'close' });
  });

  test('go alone when they are more than a whole day takes', () => {
    expect(decided({ copiesToday: 0 }, 300, { copiesADay: 1 })).toEqual({ do: 'close' });
    expect(decided({ copiesToday: 1 }, 300, { copiesADay: 1 })).toMatchObject({ do: 'wait' });
  });

  test('count only addresses that are active', () => {
    const one = request('req_1', 0, {
      addresses: {
        [addressKeyOf(LEE)]: { address: LEE, status: 'active' },
        [addressKeyOf(KIM)]: { address: KIM, status: 'paused' },
      },
    });
    expect(decided({ request: one, copiesToday: 199 })).toEqual({ do: 'close' });
  });

  test('wait for the record first', () => {
    expect(decided({ documents: [], copiesToday: 200 })).toMatchObject({ begins: 'none' });
  });
});

describe('a window for some addresses only', () => {
  const only = [addressKeyOf(LEE)];

  test('closes when one of them is active', () => {
    expect(decided({ window: window(undefined, { only }) })).toEqual({ do: 'close' });
  });

  test('is dropped when none is, though others are', () => {
    const addresses = {
      [addressKeyOf(LEE)]: { address: LEE, status: 'revoked' },
      [addressKeyOf(KIM)]: { address: KIM, status: 'active' },
    } as const;
    const seen = {
      window: window(undefined, { only }),
      request: request('req_1', 0, { addresses }),
    };
    expect(decided(seen)).toEqual({ do: 'drop' });
  });

  test('counts as many copies as it has', () => {
    const seen = { window: window(undefined, { only }), copiesToday: 1 };
    expect(decided(seen, 300, { copiesADay: 2 })).toEqual({ do: 'close' });
    expect(decided({ copiesToday: 1 }, 300, { copiesADay: 2 })).toMatchObject({ do: 'wait' });
  });
});
