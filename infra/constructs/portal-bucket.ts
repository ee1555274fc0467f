import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { AccessLogs } from './access-logs.ts';
import type { Setting } from './setting.ts';

/**
 * The files of the hosted pages, which everybody may read, by way of CloudFront alone. They are under a key of S3's: CloudFront
 * would have to be named in the policy of ours, and has its name only after it.
 */
export class PortalBucket extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, accessLogs: AccessLogs) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Bucket', {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      // So that the pages of before can be had back.
      versioned: true,
      lifecycleRules: [{ noncurrentVersionExpiration: Duration.days(30) }],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    accessLogs.of(this.bucket);
  }

  /** Nothing can be taken away with it. */
  putting(): Setting {
    return {
      value: this.bucket.bucketName,
      allows: [{ actions: ['s3:PutObject'], resources: [this.bucket.arnForObjects('*')] }],
    };
  }
}
