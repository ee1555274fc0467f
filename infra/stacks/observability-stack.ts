import { CfnOutput, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { Settings } from '../../shared/settings.ts';
import type { Deployment } from '../config.ts';
import { AlarmTopic } from '../constructs/alarm-topic.ts';
import { Alarms } from '../constructs/alarms.ts';
import { StageDashboard } from '../constructs/stage-dashboard.ts';
import type { Watched } from '../constructs/watched.ts';
import { awsRules, sesRules } from '../observability/aws-rules.ts';
import { ownRules } from '../observability/own-rules.ts';
import { sendsBySes } from '../ses-use.ts';

export interface ObservabilityStackProps extends StackProps {
  readonly settings: Settings;
  readonly deployment: Deployment;
  /** Complete: what is entered later is watched by nobody. */
  readonly watched: Watched;
}

/** What tells people that something is wrong, and shows them what is going on. */
export class ObservabilityStack extends Stack {
  constructor(scope: Construct, id: string, props: ObservabilityStackProps) {
    super(scope, id, props);
    const { settings, deployment, watched } = props;
    const { stage } = settings;
    const masterKey = new Key(this, 'Key', {
      description: 'Direct Transmit: alarms',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const emails = deployment.alarmEmails;
    const { topic } = new AlarmTopic(this, 'Alarms', { stage, masterKey, emails, watched });
    const bySes = sendsBySes(deployment, settings);
    const rules = [...ownRules(settings), ...awsRules(watched), ...(bySes ? sesRules(stage) : [])];
    const { all: alarms } = new Alarms(this, 'Alarm', { stage, rules, topic });
    const dashboard = new StageDashboard(this, 'Dashboard', { stage, watched, alarms, bySes });
    new CfnOutput(this, 'AlarmTopic', {
      description:
        'For a pager or a chat: every alarm is told here when it is raised and when it is over',
      value: topic.topicArn,
    });
    new CfnOutput(this, 'DashboardUrl', {
      description: 'How the stage fares, on one page',
      value: dashboard.url,
    });
  }
}
