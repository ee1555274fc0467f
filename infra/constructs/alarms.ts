import { Alarm, ComparisonOperator } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { MISSING, type Rule } from '../observability/rule.ts';

export interface AlarmsProps {
  readonly stage: string;
  readonly rules: readonly Rule[];
  /** Told when an alarm is raised, and when it is over. */
  readonly topic: ITopic;
}

/** What alarms of a stage are called. */
export const alarmName = (stage: string, name: string): string =>
  `direct-transmit-${stage}-${name}`;

const COMPARISON = {
  'at least': ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
  above: ComparisonOperator.GREATER_THAN_THRESHOLD,
  below: ComparisonOperator.LESS_THAN_THRESHOLD,
} as const;

/** One alarm a rule. Each says of itself how urgent it is, what has happened, and where it is written what to do. */
export class Alarms extends Construct {
  readonly all: readonly Alarm[];

  constructor(scope: Construct, id: string, { stage, rules, topic }: AlarmsProps) {
    super(scope, id);
    this.all = rules.map((rule) => {
      const name = rule.of === undefined ? rule.id : `${rule.id}-${rule.of}`;
      const alarm = new Alarm(this, name, {
        alarmName: alarmName(stage, name),
        alarmDescription: `${rule.severity}: ${rule.means} See docs/runbook.md#${rule.id}`,
        metric: rule.metric,
        comparisonOperator: COMPARISON[rule.is],
        threshold: rule.threshold,
        evaluationPeriods: rule.periods ?? 1,
        treatMissingData: MISSING[rule.whenMissing ?? 'fine'],
      });
      const tell = new SnsAction(topic);
      alarm.addAlarmAction(tell);
      alarm.addOkAction(tell);
      return alarm;
    });
  }
}
