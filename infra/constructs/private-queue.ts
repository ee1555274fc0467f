import { Duration } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { type DeadLetterQueue, Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

export interface PrivateQueueProps {
  readonly key: IKey;
  readonly visibilityTimeout: Duration;
  readonly deadLetterQueue: DeadLetterQueue;
}

/** A queue under a key of ours, reached over TLS only. */
export const privateQueue = (
  scope: Construct,
  id: string,
  { key, visibilityTimeout, deadLetterQueue }: PrivateQueueProps,
): Queue => new Queue(scope, id, { ...encrypted(key), visibilityTimeout, deadLetterQueue });

/** Where messages wait, as long as a queue can hold them, until somebody has looked. */
export const deadLetters = (scope: Construct, id: string, key: IKey): Queue =>
  new Queue(scope, id, { ...encrypted(key), retentionPeriod: Duration.days(14) });

const encrypted = (key: IKey) => ({
  encryption: QueueEncryption.KMS,
  encryptionMasterKey: key,
  enforceSSL: true,
});
