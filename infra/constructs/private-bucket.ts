import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type LifecycleRule,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { AccessLogs } from './access-logs.ts';
import { keyUse, type Setting } from './setting.ts';

export interface PrivateBucketProps {
  readonly key: IKey;
  /** Where it is written down who reached for what. */
  readonly accessLogs: AccessLogs;
  /** When objects are removed; of a bucket with folders, those in each. @default never */
  readonly keepFor?: Duration | Readonly<Record<string, Duration>>;
  /** Whether what is put over or removed can be had back for a week: of what nobody else has. @default false */
  readonly versioned?: boolean;
}

/** When the last version of something goes, nothing is left to say that it was there. */
const OLD_VERSIONS: LifecycleRule = {
  noncurrentVersionExpiration: Duration.days(7),
  expiredObjectDeleteMarker: true,
};

/** A bucket that only its functions can reach, only over TLS, encrypted with a key of ours; it outlives its stack. */
export class PrivateBucket extends Construct {
  readonly bucket: Bucket;
  readonly #key: IKey;

  constructor(scope: Construct, id: string, props: PrivateBucketProps) {
    super(scope, id);
    const { key, accessLogs, keepFor, versioned = false } = props;
    this.#key = key;
    this.bucket = new Bucket(this, 'Bucket', {
      encryption: BucketEncryption.KMS,
      encryptionKey: key,
      bucketKeyEnabled: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned,
      lifecycleRules: [...lifecycleOf(keepFor), ...(versioned ? [OLD_VERSIONS] : [])],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    accessLogs.of(this.bucket);
  }

  reading(): Setting {
    return {
      value: this.bucket.bucketName,
      allows: [
        { actions: ['s3:GetObject'], resources: [this.bucket.arnForObjects('*')] },
        keyUse(this.#key, 's3', ['kms:Decrypt']),
      ],
    };
  }

  /** Nothing that lies there can be read with it. */
  puttingInto(...folders: readonly string[]): Setting {
    return {
      value: this.bucket.bucketName,
      allows: [
        {
          actions: ['s3:PutObject'],
          resources: folders.map((folder) => this.bucket.arnForObjects(`${folder}*`)),
        },
        keyUse(this.#key, 's3', ['kms:GenerateDataKey']),
      ],
    };
  }

  /** To read what lies there, and to add to some of it. */
  readingAndPuttingInto(...folders: readonly string[]): Setting {
    const { value, allows } = this.reading();
    return { value, allows: [...allows, ...this.puttingInto(...folders).allows] };
  }

  /** To take objects out, unread. S3 tells only those what there is who may list it. */
  removing(...folders: readonly string[]): Setting {
    return {
      value: this.bucket.bucketName,
      allows: [
        {
          actions: ['s3:DeleteObject'],
          resources: folders.map((folder) => this.bucket.arnForObjects(`${folder}*`)),
        },
        { actions: ['s3:ListBucket'], resources: [this.bucket.bucketArn] },
      ],
    };
  }

  readingAndWriting(): Setting {
    return {
      value: this.bucket.bucketName,
      allows: [
        { actions: ['s3:GetObject', 's3:PutObject'], resources: [this.bucket.arnForObjects('*')] },
        keyUse(this.#key, 's3', ['kms:Decrypt', 'kms:GenerateDataKey']),
      ],
    };
  }
}

function lifecycleOf(keepFor: PrivateBucketProps['keepFor']): LifecycleRule[] {
  if (keepFor === undefined) return [];
  if (keepFor instanceof Duration) return [{ expiration: keepFor }];
  return Object.entries(keepFor).map(([prefix, expiration]) => ({ prefix, expiration }));
}
