import { Duration } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { type DeadLetterQueue, Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

export interface PrivateQueueProps {
  readonly key: IKey;
  readonly queueName: string;
  readonly visibilityTimeout: Duration;
  readonly deadLetterQueue: DeadLetterQueue;
}

/** A queue under a key of ours, reached over TLS only. */
export const privateQueue = (
  scope: Construct,
  id: string,
  { key, ...props }: PrivateQueueProps,
): Queue => new Queue(scope, id, { ...encrypted(key), ...props });

/** Of its own choosing, so that alarms and people can name a queue without asking where it is. */
export const queueName = (stage: string, name: string): string =>
  `direct-transmit-${stage}-${name}`;

/** Where messages wait, as long as a queue can hold them, until somebody has looked. */
export const deadLetters = (
  scope: Construct,
  id: string,
  props: Pick<PrivateQueueProps, 'key' | 'queueName'>,
): Queue =>
  new Queue(scope, id, {
    ...encrypted(props.key),
    queueName: props.queueName,
    retentionPeriod: Duration.days(14),
  });

/** What the queue of dead letters is called. */
export const deadLettersName = (stage: string, name: string): string =>
  queueName(stage, `${name}-dead-letters`);

const encrypted = (key: IKey) => ({
  encryption: QueueEncryption.KMS,
  encryptionMasterKey: key,
  enforceSSL: true,
});
