import { Aws, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { CfnReceiptRule, CfnReceiptRuleSet } from 'aws-cdk-lib/aws-ses';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { announce } from './announce.ts';
import { INBOUND_FOLDERS, RECEIVED_FOLDER } from './mail-bucket.ts';

export interface InboundMailProps {
  readonly stage: string;
  /** Whose mail is taken in; mail to anybody else is not. */
  readonly addresses: readonly string[];
  readonly bucket: Bucket;
  /** Told of mail that came in, and not of what is kept. */
  readonly queue: Queue;
  /** Encrypts both. */
  readonly key: IKey;
}

const SES = new ServicePrincipal('ses.amazonaws.com');
const THIS_ACCOUNT = { 'aws:SourceAccount': Aws.ACCOUNT_ID };

/** Mail that SES receives for the senders lies in a bucket as it came, and a queue is told. */
export class InboundMail extends Construct {
  readonly ruleSetName: string;

  constructor(scope: Construct, id: string, props: InboundMailProps) {
    super(scope, id);
    this.ruleSetName = `direct-transmit-${props.stage}`;
    this.#receive(props);
    const { bucket, queue, key } = props;
    announce({ bucket, folders: INBOUND_FOLDERS, queue, key });
  }

  #receive({ addresses, bucket, key }: InboundMailProps): void {
    const ruleName = 'senders';
    const onlyTheRule = {
      StringEquals: {
        ...THIS_ACCOUNT,
        'aws:SourceArn': Stack.of(this).formatArn({
          service: 'ses',
          resource: 'receipt-rule-set',
          resourceName: `${this.ruleSetName}:receipt-rule/${ruleName}`,
        }),
      },
    };
    bucket.addToResourcePolicy(
      allow(SES, ['s3:PutObject'], [bucket.arnForObjects(`${RECEIVED_FOLDER}*`)], onlyTheRule),
    );
    key.addToResourcePolicy(
      allow(SES, ['kms:Decrypt', 'kms:GenerateDataKey'], THIS_KEY, onlyTheRule),
    );
    const ruleSet = new CfnReceiptRuleSet(this, 'RuleSet', { ruleSetName: this.ruleSetName });
    const rule = new CfnReceiptRule(this, 'Rule', {
      ruleSetName: ruleSet.ref,
      rule: {
        name: ruleName,
        enabled: true,
        recipients: [...addresses],
        // A partner without TLS still has a notice to deliver, and what it delivers is encrypted itself.
        tlsPolicy: 'Optional',
        // Nothing can be scanned in what is encrypted.
        scanEnabled: false,
        actions: [
          { s3Action: { bucketName: bucket.bucketName, objectKeyPrefix: RECEIVED_FOLDER } },
        ],
      },
    });
    // SES writes an object to try its permissions when the rule is made.
    rule.node.addDependency(bucket);
  }
}

/** In a key policy the resource is the key itself and is written `*`. */
const THIS_KEY = ['*'];

const allow = (
  principal: ServicePrincipal,
  actions: string[],
  resources: string[],
  conditions: Record<string, Record<string, string>>,
): PolicyStatement =>
  new PolicyStatement({ principals: [principal], actions, resources, conditions });
