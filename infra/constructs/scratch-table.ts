import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { keyUse, type Setting } from './setting.ts';

/** What may be forgotten at any moment: everything in it has a time after which it is deleted, and nobody waits for it. */
export class ScratchTable extends Construct {
  readonly #table: Table;
  readonly #key: IKey;

  constructor(scope: Construct, id: string, key: IKey) {
    super(scope, id);
    this.#key = key;
    this.#table = new Table(this, 'Table', {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: key,
      timeToLiveAttribute: 'expiresAtSeconds',
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }

  /** To look up what was found out before, and to keep what is found out now. */
  caching(): Setting {
    return {
      value: this.#table.tableName,
      allows: [
        {
          actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'],
          resources: [this.#table.tableArn],
        },
        keyUse(this.#key, 'dynamodb', ['kms:Decrypt', 'kms:GenerateDataKey']),
      ],
    };
  }
}
