import { describe, expect, test } from '@jest/globals';
import type { RequestId, TriggerId } from '../../shared/ids.ts';
import type { TransmitRequest } from '../../shared/transmit-request/transmit-request.ts';
import { batchOf, matching } from '../../shared/trigger/match.ts';
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

  test('serves no request for one copy', () => {
    expect(ids(EVENT, request('a', { frequency: 'once' }))).toEqual([]);
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
  test.each([EVENT, OWN])('a revoked request', (trigger) => {
    expect(ids(trigger, request('a', { status: 'revoked' }))).toEqual([]);
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
