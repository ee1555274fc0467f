import { RemovalPolicy } from 'aws-cdk-lib';
import { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { keyUse, type Setting } from './setting.ts';
import { tableProps } from './table-props.ts';

const CACHING = ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'] as const;

/** What may be forgotten at any moment: everything in it has a time after which it is deleted, and nobody waits for it. */
export class ScratchTable extends Construct {
  readonly #table: Table;
  readonly #key: IKey;

  constructor(scope: Construct, id: string, key: IKey) {
    super(scope, id);
    this.#key = key;
    this.#table = new Table(this, 'Table', {
      ...tableProps(key),
      // It may be lost; to have it kept costs less than to explain, rule by rule, why it is not.
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      timeToLiveAttribute: 'expiresAtSeconds',
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }

  /** To look up what was found out before, and to keep what is found out now. */
  caching(): Setting {
    return this.#allowing(...CACHING);
  }

  /** The same, and to count together with others: what the relay is given, or who calls how often. */
  cachingAndCounting(): Setting {
    return this.#allowing(...CACHING, 'dynamodb:UpdateItem');
  }

  /** To count calls: nothing is read. */
  countingCalls(): Setting {
    return this.#allowing('dynamodb:UpdateItem');
  }

  /** The same, and to keep under which keys they came, where a call needs one. */
  countingAndKeepingCalls(): Setting {
    return this.#allowing('dynamodb:PutItem', 'dynamodb:UpdateItem');
  }

  #allowing(...actions: readonly string[]): Setting {
    return {
      value: this.#table.tableName,
      allows: [
        { actions: [...actions], resources: [this.#table.tableArn] },
        keyUse(this.#key, 'dynamodb', ['kms:Decrypt', 'kms:GenerateDataKey']),
      ],
    };
  }
}
