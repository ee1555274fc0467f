import { Aws, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import { CfnSubscription, Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { alarmName } from './alarms.ts';

export interface AlarmTopicProps {
  readonly stage: string;
  readonly masterKey: Key;
  /** Each is asked by mail whether it wants to be told, and is told nothing before it says so. */
  readonly emails: readonly string[];
}

/** Where people and their tools hear of alarms. Only alarms of the stage can say something there. */
export class AlarmTopic extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, { stage, masterKey, emails }: AlarmTopicProps) {
    super(scope, id);
    this.topic = new Topic(this, 'Topic', {
      topicName: `direct-transmit-${stage}-alarms`,
      masterKey,
      enforceSSL: true,
    });
    const alarms = `arn:${Aws.PARTITION}:cloudwatch:${Aws.REGION}:${Aws.ACCOUNT_ID}:alarm:${alarmName(stage, '*')}`;
    const allow = (actions: string[], resource: string) =>
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions,
        resources: [resource],
        conditions: {
          StringEquals: { 'aws:SourceAccount': Stack.of(this).account },
          ArnLike: { 'aws:SourceArn': alarms },
        },
      });
    this.topic.addToResourcePolicy(allow(['sns:Publish'], this.topic.topicArn));
    // In a key policy the resource is the key itself and is written `*`.
    masterKey.addToResourcePolicy(allow(['kms:Decrypt', 'kms:GenerateDataKey'], '*'));
    for (const [at, endpoint] of emails.entries()) {
      new CfnSubscription(this, `Email${at}`, {
        topicArn: this.topic.topicArn,
        protocol: 'email',
        endpoint,
      });
    }
  }
}
