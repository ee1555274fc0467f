import { expect, test } from '@jest/globals';
import type { ReportId, RequestId, TransmissionId } from '../../shared/ids.ts';
import { countersOf } from '../../shared/report/counters.ts';
import type { Report, ReportType } from '../../shared/report/report.ts';

const told = (type: ReportType, code?: Report['code']): Report => ({
  id: 'rep_1' as ReportId,
  type,
  at: '2026-11-22T12:00:00.000Z',
  requestId: 'req_1' as RequestId,
  transmissionId: 'tx_1' as TransmissionId,
  ...(code && { code }),
});

const counted = (...reports: readonly Report[]) => Object.fromEntries(countersOf(reports));

test('the way of a copy is counted step by step, each as often as it happened', () => {
  expect(
    counted(
      told('transmit-request.created'),
      told('transmission.requested'),
      told('transmission.requested'),
      told('transmission.deferred', 'deliver/unreachable'),
      told('transmission.sent'),
      told('transmission.processed'),
      told('transmission.delivered'),
      told('transmission.late-notice'),
      told('transmission.stopped', 'transmit-request/revoked'),
      told('transmit-request.revoked'),
    ),
  ).toEqual({
    RequestCreated: 1,
    CopyRequested: 2,
    CopyDeferred: 1,
    CopyHandedOver: 1,
    CopyProcessed: 1,
    CopyEnded: 1,
    CopyDelivered: 1,
    LateNotice: 1,
    CopyStopped: 1,
    RequestRevoked: 1,
  });
});

test.each([
  'notification/not-processed',
  'notification/no-final-confirmation',
  'notification/hisp-silent',
] as const)('%s: a copy of which nothing more was heard failed, and is unanswered', (code) => {
  expect(counted(told('transmission.failed', code))).toEqual({
    CopyEnded: 1,
    CopyFailed: 1,
    CopyUnanswered: 1,
  });
});

test.each(['notification/recipient-failed', 'deliver/refused'] as const)(
  '%s: whoever says no has answered',
  (code) => {
    expect(counted(told('transmission.failed', code))).toEqual({ CopyEnded: 1, CopyFailed: 1 });
  },
);

test('what is counted where it arises is not counted again', () => {
  expect(counted(told('transmission.uncertain'), told('record.needed', 'record/none'))).toEqual({});
  // An address to which copies fail is paused, for the reason of the last.
  expect(counted(told('transmit-request.paused', 'notification/not-processed'))).toEqual({});
});
