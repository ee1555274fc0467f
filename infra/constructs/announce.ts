import { Aws } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { Queue } from 'aws-cdk-lib/aws-sqs';

export interface Announcing {
  readonly bucket: Bucket;
  /** Of these the queue is told, and of nothing else. */
  readonly folders: readonly string[];
  readonly queue: Queue;
  /** Of the queue. */
  readonly key: IKey;
}

const S3 = new ServicePrincipal('s3.amazonaws.com');

/**
 * Tells a queue of what is put into a bucket, by the bucket's own property: the construct library's way is a function of
 * its own with broad permissions.
 */
export function announce({ bucket, folders, queue, key }: Announcing): void {
  queue.addToResourcePolicy(allowing(['sqs:SendMessage'], queue.queueArn));
  // In a key policy the resource is the key itself and is written `*`.
  key.addToResourcePolicy(allowing(['kms:Decrypt', 'kms:GenerateDataKey'], '*'));
  const resource = bucket.node.defaultChild as CfnBucket;
  resource.notificationConfiguration = {
    queueConfigurations: folders.map((folder) => ({
      event: 's3:ObjectCreated:*',
      queue: queue.queueArn,
      filter: { s3Key: { rules: [{ name: 'prefix', value: folder }] } },
    })),
  };
  resource.node.addDependency(queue);
}

const allowing = (actions: string[], resource: string): PolicyStatement =>
  new PolicyStatement({
    principals: [S3],
    actions,
    resources: [resource],
    // Naming the bucket here would close a circle: the bucket cannot exist before the queue takes its messages.
    conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
  });
