import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, Metric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { metricDimensions, METRICS_NAMESPACE, type MetricName } from '../../shared/metrics.ts';

export interface CountAlarmProps {
  readonly metric: MetricName;
  readonly stage: string;
  /** What has happened when it is raised, for whoever looks at it. */
  readonly means: string;
}

/** An alarm that is raised when something was counted that should not happen. */
export class CountAlarm extends Construct {
  constructor(scope: Construct, id: string, { metric, stage, means }: CountAlarmProps) {
    super(scope, id);
    new Metric({
      namespace: METRICS_NAMESPACE,
      metricName: metric,
      dimensionsMap: metricDimensions(stage),
      statistic: Stats.SUM,
      period: Duration.minutes(5),
    }).createAlarm(this, 'Alarm', {
      alarmDescription: means,
      threshold: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 1,
      // Nothing is put while nothing happens.
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }
}
