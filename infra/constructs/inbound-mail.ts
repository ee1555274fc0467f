import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Deployment } from '../config.ts';
import { receivesBySes } from '../ses-use.ts';
import { announce } from './announce.ts';
import type { FunctionDefaults } from './handler-function.ts';
import { INBOUND_FOLDERS } from './mail-bucket.ts';
import { ReceiptRules } from './receipt-rules.ts';

export interface InboundMailProps {
  readonly bucket: Bucket;
  /** Told of mail that came in, and not of what is kept. */
  readonly queue: Queue;
  /** Encrypts both. */
  readonly key: IKey;
  readonly deployment: Deployment;
  readonly defaults: FunctionDefaults;
}

/** Mail to the senders lies in a bucket as it came, by SES or from elsewhere, and a queue is told. */
export class InboundMail extends Construct {
  constructor(scope: Construct, id: string, props: InboundMailProps) {
    super(scope, id);
    const { bucket, queue, key, deployment, defaults } = props;
    if (receivesBySes(deployment, defaults.settings)) {
      new ReceiptRules(this, 'Receipt', {
        addresses: defaults.settings.senders.map(({ address }) => address),
        bucket,
        key,
        foreignSet: deployment.receiptRuleSet,
        defaults,
      });
    }
    announce({ bucket, folders: INBOUND_FOLDERS, queue, key });
  }
}
