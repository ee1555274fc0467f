import { Table } from 'aws-cdk-lib/aws-dynamodb';
import { AnyPrincipal, Effect, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { keyUse, type Setting } from './setting.ts';
import { keptTableProps } from './table-props.ts';

/** Everything that changes or removes an item, and all that writes without saying what has to be there. */
const NEVER = [
  'dynamodb:BatchWriteItem',
  'dynamodb:DeleteItem',
  'dynamodb:DeleteTable',
  'dynamodb:PartiQLDelete',
  'dynamodb:PartiQLInsert',
  'dynamodb:PartiQLUpdate',
  'dynamodb:UpdateItem',
];

/**
 * What was reported, for good. Nobody in the account may change or remove an item, whatever their own policies say; that
 * nothing is put over another item, no policy of DynamoDB can say: `transmit verify-audit` finds it.
 */
export class AuditTable extends Construct {
  readonly #table: Table;
  readonly #key: IKey;

  constructor(scope: Construct, id: string, key: IKey) {
    super(scope, id);
    this.#key = key;
    this.#table = new Table(this, 'Table', {
      ...keptTableProps(key),
      resourcePolicy: appendOnly(),
    });
  }

  get name(): string {
    return this.#table.tableName;
  }

  /** To enter what is new after looking at what is there. */
  appending(): Setting {
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

/** In a policy of a table the resource is the table itself and is written `*`. */
const appendOnly = (): PolicyDocument =>
  new PolicyDocument({
    statements: [
      new PolicyStatement({
        sid: 'AppendOnly',
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: NEVER,
        resources: ['*'],
      }),
    ],
  });
