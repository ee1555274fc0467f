import type { FailureCode } from '../failures.ts';
import type { MetricName } from '../metrics.ts';
import type { Report, ReportType } from './report.ts';

/** What is counted of what is told. The rest is counted where it arises, or not at all. */
const COUNTED: Partial<Readonly<Record<ReportType, readonly MetricName[]>>> = {
  'transmission.requested': ['CopyRequested'],
  'transmission.deferred': ['CopyDeferred'],
  'transmission.sent': ['CopyHandedOver'],
  'transmission.processed': ['CopyProcessed'],
  'transmission.delivered': ['CopyEnded', 'CopyDelivered'],
  'transmission.failed': ['CopyEnded', 'CopyFailed'],
  'transmission.stopped': ['CopyStopped'],
  'transmission.late-notice': ['LateNotice'],
  'transmit-request.created': ['RequestCreated'],
  'transmit-request.revoked': ['RequestRevoked'],
};

/** Ends of a copy that was handed over, and of which nothing more was heard. */
const UNANSWERED: readonly (FailureCode | undefined)[] = [
  'notification/hisp-silent',
  'notification/not-processed',
  'notification/no-final-confirmation',
];

/**
 * How often each thing happened of which these reports tell. Every fact passes here, so nothing is left out; what is told
 * again, because telling broke off, is counted again.
 */
export function countersOf(reports: readonly Report[]): ReadonlyMap<MetricName, number> {
  const counters = new Map<MetricName, number>();
  for (const name of reports.flatMap(namesOf)) counters.set(name, (counters.get(name) ?? 0) + 1);
  return counters;
}

const namesOf = ({ type, code }: Report): readonly MetricName[] => [
  ...(COUNTED[type] ?? []),
  ...(type === 'transmission.failed' && UNANSWERED.includes(code)
    ? (['CopyUnanswered'] as const)
    : []),
];
