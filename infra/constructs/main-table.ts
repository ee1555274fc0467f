import { AttributeType, ProjectionType, StreamViewType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Effect, type PolicyStatementProps } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { keyUse, type Setting } from './setting.ts';
import { keptTableProps } from './table-props.ts';

const READS = ['dynamodb:GetItem', 'dynamodb:Query'];
/** A transaction needs the permissions of the single actions in it. */
const WRITES = ['dynamodb:ConditionCheckItem', 'dynamodb:DeleteItem', 'dynamodb:PutItem'];

/** Legal holds and switches: functions read them, and nobody but an operator places or turns them. */
const OF_OPERATORS = ['HLD#*', 'SWT#*'];

/** The one table of the system: every item, and the index of what is due. */
export class MainTable extends Construct {
  readonly table: Table;
  readonly #key: IKey;

  constructor(scope: Construct, id: string, key: IKey) {
    super(scope, id);
    this.#key = key;
    this.table = new Table(this, 'Table', {
      ...keptTableProps(key),
      stream: StreamViewType.NEW_AND_OLD_IMAGES,
    });
    this.table.addGlobalSecondaryIndex({
      indexName: 'due',
      partitionKey: { name: 'duePk', type: AttributeType.STRING },
      sortKey: { name: 'dueAt', type: AttributeType.STRING },
      projectionType: ProjectionType.KEYS_ONLY,
    });
  }

  /** Of patients only: what they asked for and what became of it. */
  readingPatients(): Setting {
    return this.#allowing({
      actions: READS,
      resources: [this.table.tableArn],
      conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['P#*'] } },
    });
  }

  readingAndWriting(): Setting {
    return this.#allowing(
      { actions: [...READS, ...WRITES], resources: [this.table.tableArn] },
      {
        effect: Effect.DENY,
        actions: ['dynamodb:DeleteItem', 'dynamodb:PutItem'],
        resources: [this.table.tableArn],
        conditions: { 'ForAnyValue:StringLike': { 'dynamodb:LeadingKeys': OF_OPERATORS } },
      },
    );
  }

  /** Reading and writing, and asking what is due. */
  sweeping(): Setting {
    const index = `${this.table.tableArn}/index/due`;
    return this.#allowing(
      { actions: [...READS, ...WRITES], resources: [this.table.tableArn] },
      { actions: ['dynamodb:Query'], resources: [index] },
    );
  }

  /** To know how far mailboxes were read, and nothing of anybody. */
  markingMailboxes(): Setting {
    return this.#allowing({
      actions: ['dynamodb:GetItem', 'dynamodb:PutItem'],
      resources: [this.table.tableArn],
      conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['MBX#*'] } },
    });
  }

  /** What an event source mapping needs of the role that it reads the stream for. */
  streamReading(): PolicyStatementProps[] {
    return [
      {
        actions: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
        resources: [this.streamArn],
      },
      { actions: ['dynamodb:ListStreams'], resources: [`${this.table.tableArn}/stream/*`] },
      keyUse(this.#key, 'dynamodb', ['kms:Decrypt']),
    ];
  }

  get streamArn(): string {
    if (!this.table.tableStreamArn) throw new Error('The table was made with a stream');
    return this.table.tableStreamArn;
  }

  #allowing(...statements: PolicyStatementProps[]): Setting {
    const key = keyUse(this.#key, 'dynamodb', ['kms:Decrypt', 'kms:GenerateDataKey']);
    return { value: this.table.tableName, allows: [...statements, key] };
  }
}
