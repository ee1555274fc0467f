import { randomUUID } from 'node:crypto';
import type { S3Client } from '@aws-sdk/client-s3';
import type { FauxqsServer } from 'fauxqs';
import * as z from 'zod';
import type { Deployment } from '../assembly/deployment.ts';
import { REGION } from '../assembly/physical.ts';
import { putObject } from './put-object.ts';

const Redrive = z.object({ deadLetterTargetArn: z.string(), maxReceiveCount: z.coerce.number() });

const Queue = z.object({
  VisibilityTimeout: z.number().optional(),
  DelaySeconds: z.number().optional(),
  MessageRetentionPeriod: z.number().optional(),
  ReceiveMessageWaitTimeSeconds: z.number().optional(),
  FifoQueue: z.boolean().optional(),
  ContentBasedDeduplication: z.boolean().optional(),
  RedrivePolicy: Redrive.optional(),
});

/** Creates the queues of the template, dead letter queues first. */
export function createQueues(deployment: Deployment, engine: FauxqsServer): void {
  const queues = deployment.resources('AWS::SQS::Queue', Queue);
  const deadLettersFirst = queues.toSorted(
    (one, other) =>
      Number(!!one.properties.RedrivePolicy) - Number(!!other.properties.RedrivePolicy),
  );
  for (const { attributes, properties } of deadLettersFirst) {
    const { RedrivePolicy: redrive, ...plain } = properties;
    const texts = Object.entries(plain).map(([name, value]) => [name, String(value)]);
    engine.createQueue(String(attributes['QueueName']), {
      attributes: {
        ...(Object.fromEntries(texts) as Record<string, string>),
        ...(redrive && { RedrivePolicy: JSON.stringify(redrive) }),
      },
    });
  }
}

const FilterRules = z.array(z.object({ Name: z.string(), Value: z.string() })).default([]);

/** A notification rule, as the bucket says it (`Queue`, `S3Key`) and as CDK's custom resource says it. */
const Rule = z.object({
  Queue: z.string().optional(),
  QueueArn: z.string().optional(),
  Filter: z
    .object({
      S3Key: z.object({ Rules: FilterRules }).optional(),
      Key: z.object({ FilterRules }).optional(),
    })
    .optional(),
});

const Notifications = z.looseObject({ QueueConfigurations: z.array(Rule).default([]) }).optional();

const Bucket = z.object({ NotificationConfiguration: Notifications });
const BucketNotifications = Bucket.extend({ BucketName: z.string() });

/** Of an object that was put. */
export interface PutObject {
  readonly bucket: string;
  readonly key: string;
  readonly size: number;
  /** With its quotation marks or without. */
  readonly eTag: string;
}

/** Buckets whose new objects are announced on queues, as S3 does it. The engine itself announces nothing. */
export interface Buckets {
  /** Sends the notifications that the template asks for, of an object that somebody else has put. */
  announce(put: PutObject): void;
  /** Puts an object and sends the notifications that the template asks for. */
  put(bucket: string, key: string, bytes: Uint8Array): Promise<{ readonly eTag: string }>;
}

export function createBuckets(
  deployment: Deployment,
  engine: FauxqsServer,
  client: S3Client,
): Buckets {
  const rules = new Map<string, z.output<typeof Rule>[]>();
  const note = (bucket: string, given: z.output<typeof Notifications>): void => {
    rules.set(bucket, [...(rules.get(bucket) ?? []), ...(given?.QueueConfigurations ?? [])]);
  };
  for (const { ref, properties } of deployment.resources('AWS::S3::Bucket', Bucket)) {
    engine.createBucket(ref);
    note(ref, properties.NotificationConfiguration);
  }
  const custom = deployment.resources('Custom::S3BucketNotifications', BucketNotifications);
  for (const { properties } of custom)
    note(properties.BucketName, properties.NotificationConfiguration);

  const announce = (put: PutObject): void => {
    for (const rule of rules.get(put.bucket) ?? []) {
      if (!announces(rule, put.key)) continue;
      const queue = (rule.Queue ?? rule.QueueArn ?? '').split(':').at(-1) ?? '';
      engine.sendMessage(queue, notificationOf(put));
    }
  };
  return {
    announce,
    async put(bucket, key, bytes) {
      const eTag = await putObject(client, bucket, key, bytes);
      announce({ bucket, key, size: bytes.length, eTag });
      return { eTag };
    },
  };
}

/** The event message structure of S3, with the fields that do not depend on who asked. */
function notificationOf({ bucket, key, size, eTag }: PutObject): string {
  const record = {
    eventVersion: '2.1',
    eventSource: 'aws:s3',
    awsRegion: REGION,
    eventTime: new Date().toISOString(),
    eventName: 'ObjectCreated:Put',
    responseElements: { 'x-amz-request-id': randomUUID() },
    s3: {
      s3SchemaVersion: '1.0',
      bucket: { name: bucket, arn: `arn:aws:s3:::${bucket}` },
      // S3 writes keys as in a form: percent-encoded, a space as a plus sign, slashes as they are.
      object: {
        key: encodeURIComponent(key).replaceAll('%20', '+').replaceAll('%2F', '/'),
        size,
        eTag: eTag.replaceAll('"', ''),
        sequencer: process.hrtime.bigint().toString(16).toUpperCase(),
      },
    },
  };
  return JSON.stringify({ Records: [record] });
}

const announces = ({ Filter: filter }: z.output<typeof Rule>, key: string): boolean =>
  [...(filter?.S3Key?.Rules ?? []), ...(filter?.Key?.FilterRules ?? [])].every(
    ({ Name: name, Value: value }) =>
      name.toLowerCase() === 'prefix' ? key.startsWith(value) : key.endsWith(value),
  );
