import { Aws, CfnOutput, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { AccessLogs } from '../constructs/access-logs.ts';
import { AuditTable } from '../constructs/audit-table.ts';
import { logGroupName } from '../constructs/handler-function.ts';
import { MainTable } from '../constructs/main-table.ts';
import { PrivateBucket } from '../constructs/private-bucket.ts';
import { ScratchTable } from '../constructs/scratch-table.ts';
import { TrustBucket } from '../constructs/trust-bucket.ts';
import { Vault } from '../constructs/vault.ts';

export interface FoundationStackProps extends StackProps {
  readonly stage: string;
}

/**
 * What is kept: the table, the audit, the records, the bytes that were sent, the secrets. It outlives everything else.
 * Beside it stands what may be forgotten.
 */
export class FoundationStack extends Stack {
  readonly dataKey: Key;
  readonly main: MainTable;
  readonly audit: AuditTable;
  readonly scratch: ScratchTable;
  readonly accessLogs: AccessLogs;
  readonly records: PrivateBucket;
  readonly messages: PrivateBucket;
  readonly trust: TrustBucket;
  readonly vault: Vault;

  constructor(scope: Construct, id: string, { stage, ...props }: FoundationStackProps) {
    super(scope, id, { ...props, terminationProtection: true });
    this.dataKey = dataKey(this, stage);
    this.main = new MainTable(this, 'Main', this.dataKey);
    this.audit = new AuditTable(this, 'Audit', this.dataKey);
    this.scratch = new ScratchTable(this, 'Scratch', this.dataKey);
    this.accessLogs = new AccessLogs(this, 'AccessLogs');
    const common = { key: this.dataKey, accessLogs: this.accessLogs };
    // Out of both nothing goes by its age: the purge knows what is needed still, and what is under a legal hold.
    this.records = new PrivateBucket(this, 'Records', { ...common, versioned: true });
    this.messages = new PrivateBucket(this, 'Messages', common);
    this.trust = new TrustBucket(this, 'Trust', { ...common, versioned: true });
    this.vault = new Vault(this, 'Vault');
    new CfnOutput(this, 'AuditTable', {
      description: 'For transmit verify-audit and transmit disclosures, with --table',
      value: this.audit.name,
    });
    new CfnOutput(this, 'SigningSecret', {
      description: 'To be filled in before anything can be sent: with what the senders sign',
      value: this.vault.signing.secretArn,
    });
    new CfnOutput(this, 'DecryptionSecret', {
      description: 'To be filled in with it: with what is read that comes to the senders',
      value: this.vault.decryption.secretArn,
    });
    new CfnOutput(this, 'RelaySecret', {
      description: 'To be filled in where a relay, a HISP or a mailbox wants credentials',
      value: this.vault.relay.secretArn,
    });
  }
}

/** The key of the table, the buckets, the queues and the logs. */
function dataKey(scope: Construct, stage: string): Key {
  const key = new Key(scope, 'DataKey', {
    description: 'Direct Transmit: table, records, messages, queues, logs',
    enableKeyRotation: true,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  const logGroups = `arn:${Aws.PARTITION}:logs:${Aws.REGION}:${Aws.ACCOUNT_ID}:log-group:`;
  key.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal(`logs.${Aws.REGION}.amazonaws.com`)],
      actions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey'],
      // In a key policy the resource is the key itself and is written `*`.
      resources: ['*'],
      conditions: {
        ArnLike: {
          'kms:EncryptionContext:aws:logs:arn': `${logGroups}${logGroupName(stage, '*')}`,
        },
      },
    }),
  );
  return key;
}
