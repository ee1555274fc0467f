import { Duration } from 'aws-cdk-lib';
import { type IMetric, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { metricDimensions, METRICS_NAMESPACE, type MetricName } from '../../shared/metrics.ts';

/** When an alarm is raised, and what it says. */
export interface Rule {
  /** What it is called behind the stage, and the heading in docs/runbook.md. */
  readonly id: string;
  /** Of several alarms under one heading, which. */
  readonly of?: string;
  /** `page` wakes somebody up; `look` can wait for the morning. */
  readonly severity: 'page' | 'look';
  /** What has happened, in one sentence. */
  readonly means: string;
  readonly metric: IMetric;
  readonly is: 'at least' | 'above' | 'below';
  readonly threshold: number;
  /** How many of the metric's periods in a row. @default 1 */
  readonly periods?: number;
  /** @default fine: nothing is put while nothing happens */
  readonly whenMissing?: keyof typeof MISSING;
}

export const MISSING = {
  fine: TreatMissingData.NOT_BREACHING,
  bad: TreatMissingData.BREACHING,
  'as before': TreatMissingData.IGNORE,
} as const;

/** Metrics of a stage that functions put. */
export const ownMetrics =
  (stage: string) =>
  (metricName: MetricName, statistic: string, period: Duration): Metric =>
    new Metric({
      namespace: METRICS_NAMESPACE,
      metricName,
      dimensionsMap: metricDimensions(stage),
      statistic,
      period,
    });

export type OwnMetric = ReturnType<typeof ownMetrics>;

export const minutes = (count: number): Duration => Duration.minutes(count);
export const HOUR = Duration.hours(1);
export const DAY = Duration.days(1);
