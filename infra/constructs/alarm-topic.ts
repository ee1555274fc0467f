import { Aws, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import { CfnSubscription, Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { alarmName } from './alarms.ts';
import { deadLetters, deadLettersName } from './private-queue.ts';
import type { Watched } from './watched.ts';

export interface AlarmTopicProps {
  readonly stage: string;
  readonly masterKey: Key;
  /** Each is asked by mail whether it wants to be told, and is told nothing before it says so. */
  readonly emails: readonly string[];
  readonly watched: Watched;
}

/** Where people and their tools hear of alarms. Only alarms of the stage can say something there. */
export class AlarmTopic extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, props: AlarmTopicProps) {
    super(scope, id);
    const { stage, masterKey } = props;
    this.topic = new Topic(this, 'Topic', {
      topicName: `direct-transmit-${stage}-alarms`,
      masterKey,
      enforceSSL: true,
    });
    const alarms = `arn:${Aws.PARTITION}:cloudwatch:${Aws.REGION}:${Aws.ACCOUNT_ID}:alarm:${alarmName(stage, '*')}`;
    const bySender = {
      StringEquals: { 'aws:SourceAccount': Stack.of(this).account },
      ArnLike: { 'aws:SourceArn': alarms },
    };
    this.topic.addToResourcePolicy(
      allow('cloudwatch', ['sns:Publish'], this.topic.topicArn, bySender),
    );
    masterKey.addToResourcePolicy(allow('cloudwatch', USE, THIS_KEY, bySender));
    if (props.emails.length > 0) this.#mail(props);
  }

  /** What no mail server took for hours is set aside, where another alarm, on a pager perhaps, tells of it. */
  #mail({ stage, masterKey: key, emails, watched }: AlarmTopicProps): void {
    const queueName = deadLettersName(stage, 'alarms');
    watched.queues.push({ name: 'alarms', deadLettersName: queueName });
    const setAside = deadLetters(this, 'DeadLetters', { key, queueName });
    const fromTopic = { ArnEquals: { 'aws:SourceArn': this.topic.topicArn } };
    setAside.addToResourcePolicy(allow('sns', ['sqs:SendMessage'], setAside.queueArn, fromTopic));
    const byAccount = { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } };
    key.addToResourcePolicy(allow('sns', USE, THIS_KEY, byAccount));
    for (const [at, endpoint] of emails.entries()) {
      new CfnSubscription(this, `Email${at}`, {
        topicArn: this.topic.topicArn,
        protocol: 'email',
        endpoint,
        redrivePolicy: { deadLetterTargetArn: setAside.queueArn },
      });
    }
  }
}

const USE = ['kms:Decrypt', 'kms:GenerateDataKey'];

/** In a key policy the resource is the key itself and is written `*`. */
const THIS_KEY = '*';

const allow = (
  service: string,
  actions: string[],
  resource: string,
  conditions: Record<string, Record<string, string>>,
): PolicyStatement =>
  new PolicyStatement({
    principals: [new ServicePrincipal(`${service}.amazonaws.com`)],
    actions,
    resources: [resource],
    conditions,
  });
