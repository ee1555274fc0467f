import { ArnFormat, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import { CfnSubscription, Topic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { deadLetters, deadLettersName } from './private-queue.ts';
import { configurationSetName } from './ses-sending.ts';
import type { Watched } from './watched.ts';

export interface RelayEventsProps {
  readonly stage: string;
  /** Gets each event as SES wrote it. */
  readonly queue: Queue;
  /** Encrypts both. */
  readonly key: Key;
  readonly watched: Watched;
}

const SES = new ServicePrincipal('ses.amazonaws.com');
const SNS = new ServicePrincipal('sns.amazonaws.com');

/**
 * What SES says about copies that it took, from a topic to a queue. The topic has a name of its own because the key must
 * name it, and the topic the key.
 */
export class RelayEvents extends Construct {
  readonly topicArn: string;

  constructor(scope: Construct, id: string, { stage, queue, key, watched }: RelayEventsProps) {
    super(scope, id);
    const name = `direct-transmit-${stage}-relay-events`;
    this.topicArn = Stack.of(this).formatArn({
      service: 'sns',
      resource: name,
      arnFormat: ArnFormat.NO_RESOURCE_NAME,
    });
    const topic = new Topic(this, 'Topic', { topicName: name, masterKey: key, enforceSSL: true });
    this.#letSesPublish(topic, key, stage);
    // What the topic could not bring for weeks, because the queue or the key was closed to it.
    const queueName = deadLettersName(stage, 'relay-events');
    watched.queues.push({ name: 'relay-events', deadLettersName: queueName });
    const setAside = deadLetters(this, 'DeadLetters', { key, queueName });
    for (const each of [queue, setAside]) this.#letTopicSend(each);
    key.addToResourcePolicy(allow(SNS, USE, '*', { 'aws:SourceArn': this.topicArn }));
    const subscription = new CfnSubscription(this, 'Subscription', {
      topicArn: topic.topicArn,
      protocol: 'sqs',
      endpoint: queue.queueArn,
      rawMessageDelivery: true,
      redrivePolicy: { deadLetterTargetArn: setAside.queueArn },
    });
    subscription.node.addDependency(queue, setAside);
  }

  /** For events of our own configuration set, which has this name. */
  #letSesPublish(topic: Topic, key: Key, stage: string): void {
    const { account } = Stack.of(this);
    const configurationSet = Stack.of(this).formatArn({
      service: 'ses',
      resource: 'configuration-set',
      resourceName: configurationSetName(stage),
    });
    topic.addToResourcePolicy(
      allow(SES, ['sns:Publish'], topic.topicArn, {
        'aws:SourceAccount': account,
        'aws:SourceArn': configurationSet,
      }),
    );
    // SNS asks for the key in the name of SES, for this topic: more than that it does not say.
    const forTopic = { 'kms:EncryptionContext:aws:sns:topicArn': this.topicArn };
    key.addToResourcePolicy(allow(SES, USE, '*', forTopic));
  }

  #letTopicSend(queue: Queue): void {
    const fromTopic = { 'aws:SourceArn': this.topicArn };
    queue.addToResourcePolicy(allow(SNS, ['sqs:SendMessage'], queue.queueArn, fromTopic));
  }
}

const USE = ['kms:Decrypt', 'kms:GenerateDataKey'];

/** @param resource in a key policy the key itself, written `*` */
const allow = (
  principal: ServicePrincipal,
  actions: string[],
  resource: string,
  equals: Record<string, string>,
): PolicyStatement =>
  new PolicyStatement({
    principals: [principal],
    actions,
    resources: [resource],
    conditions: { StringEquals: equals },
  });
