import { RemovalPolicy } from 'aws-cdk-lib';
import {
  AttributeType,
  BillingMode,
  TableEncryption,
  type TableProps,
} from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';

/**
 * What all tables have in common. They are Table and not TableV2: the latter cannot be given a customer key in a stack
 * without a fixed region.
 */
export const tableProps = (encryptionKey: IKey): TableProps => ({
  partitionKey: { name: 'pk', type: AttributeType.STRING },
  sortKey: { name: 'sk', type: AttributeType.STRING },
  billingMode: BillingMode.PAY_PER_REQUEST,
  encryption: TableEncryption.CUSTOMER_MANAGED,
  encryptionKey,
});

/** The same of those whose items nobody can find out anew: they can be put back to any second, and outlive their stack. */
export const keptTableProps = (encryptionKey: IKey): TableProps => ({
  ...tableProps(encryptionKey),
  pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
  deletionProtection: true,
  removalPolicy: RemovalPolicy.RETAIN,
});
