import { describe, expect, test } from '@jest/globals';
import type { RequestId, TriggerId } from '../../shared/ids.ts';
import type { TransmitRequest } from '../../shared/transmit-request/transmit-request.ts';
import { batchOf, matching, touched } from '../../shared/trigger/match.ts';
import type { Trigger } from '../../shared/trigger/trigger.ts';

const NOW = new Date('2026-11-22T12:00:00.000Z');

const request = (id: string, more: Partial<TransmitRequest> = {}): TransmitRequest =>
  ({
    id: id as RequestId,
    status: 'active',
    frequency: 'on-update',
    createdAt: '2026-11-22T11:00:00.000Z',
    ...more,
  }) as TransmitRequest;

const EVENT = {
  id: 'trg_1' as TriggerId,
  kind: 'discharge',
  receivedAt: '2026-11-22T11:30:00.000Z',
} as Trigger;
const OWN = { ...EVENT, kind: 'requested', requestId: 'a' as RequestId } as Trigger;

const ids = (trigger: Trigger, ...requests: TransmitRequest[]) =>
  matching(trigger, requests, NOW).map(({ id }) => id);

describe('an event', () => {
  test('serves every request that follows updates', () => {
    expect(ids(EVENT, request('a'), request('b'))).toEqual(['a', 'b']);
  });

  test.each(['once', 'daily', 'weekly', 'monthly'] as const)(
    'serves no request %s',
    (frequency) => {
      expect(ids(EVENT, request('a', { frequency }))).toEqual([]);
    },
  );
});

describe('a request that names events', () => {
  const filtered = request('a', { triggers: ['discharge', 'x-visit'] });
  test.each([
    ['discharge', ['a', 'b']],
    ['x-visit', ['a', 'b']],
    ['transfer', ['b']],
    ['record-updated', ['b']],
  ])('is served by those and no others: %s', (kind, served) => {
    expect(ids({ ...EVENT, kind } as Trigger, filtered, request('b'))).toEqual(served);
  });

  test('is served by the press of Share and by a slot all the same', () => {
    expect(ids(OWN, filtered)).toEqual(['a']);
    expect(ids({ ...OWN, kind: 'scheduled' }, filtered)).toEqual(['a']);
  });
});

describe('what changes open windows', () => {
  const all = [
    request('a', { triggers: ['discharge'] }),
    request('b', { frequency: 'once' }),
    request('c', { status: 'revoked' }),
    request('d', { frequency: 'daily' }),
  ];
  const idsOf = (trigger: Trigger) => touched(trigger, all, NOW).map(({ id }) => id);

  test('a changed record those of every request that sends', () => {
    expect(idsOf({ ...EVENT, kind: 'record-updated' })).toEqual(['a', 'b', 'd']);
  });

  test('what calls off those of every request that sends, and it is a reason for none', () => {
    const cancel: Trigger = { ...EVENT, cancels: true };
    expect(idsOf(cancel)).toEqual(['a', 'b', 'd']);
    expect(matching(cancel, all, NOW)).toEqual([]);
  });

  test('anything else those that it concerns', () => {
    expect(idsOf(EVENT)).toEqual(['a']);
    expect(idsOf({ ...OWN, requestId: 'b' as RequestId })).toEqual(['b']);
  });
});

describe('what was reported before a request was made', () => {
  test.each([
    ['is no reason to send under it', '2026-11-22T10:59:59.999Z', []],
    ['and what comes at its moment or later is', '2026-11-22T11:00:00.000Z', ['a']],
  ])('%s', (_, receivedAt, served) => {
    expect(ids({ ...EVENT, receivedAt }, request('a'))).toEqual(served);
  });
});

describe("the patient's own reason", () => {
  test.each(['once', 'on-update'] as const)('serves its request (%s) and no other', (frequency) => {
    expect(ids(OWN, request('a', { frequency }), request('b'))).toEqual(['a']);
  });
});

describe('no trigger serves', () => {
  test.each([EVENT, OWN])('a request that is revoked or paused', (trigger) => {
    expect(ids(trigger, request('a', { status: 'revoked' }))).toEqual([]);
    expect(ids(trigger, request('a', { status: 'paused' }))).toEqual([]);
  });

  test.each([EVENT, OWN])('a request past its end, to the millisecond', (trigger) => {
    expect(ids(trigger, request('a', { until: '2026-11-22T12:00:00.000Z' }))).toEqual(['a']);
    expect(ids(trigger, request('a', { until: '2026-11-22T11:59:59.999Z' }))).toEqual([]);
  });
});

test('a batch is the same for the same trigger and request, and for no others', () => {
  const batch = batchOf(EVENT, request('a'));
  expect(batchOf({ ...EVENT }, request('a', { version: 9 }))).toBe(batch);
  expect(batchOf(EVENT, request('b'))).not.toBe(batch);
  expect(batchOf({ ...EVENT, id: 'trg_2' as TriggerId }, request('a'))).not.toBe(batch);
});
