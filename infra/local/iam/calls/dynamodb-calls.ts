import * as z from 'zod';
import type { Deployment } from '../../assembly/deployment.ts';
import { ACCOUNT, REGION } from '../../assembly/physical.ts';
import { usesOfKey, type KeyOf } from '../encryption.ts';
import type { Call } from '../statement.ts';
import { COMMON_CONTEXT, operationOf, type ReadCalls } from './asked.ts';
import { partitionValueIn } from './key-condition.ts';

const Image = z.record(z.string(), z.unknown());

const Request = z.looseObject({
  TableName: z.string().optional(),
  IndexName: z.string().optional(),
  Key: Image.optional(),
  Item: Image.optional(),
  KeyConditionExpression: z.string().optional(),
  ExpressionAttributeNames: z.record(z.string(), z.string()).optional(),
  ExpressionAttributeValues: Image.optional(),
});

export type DynamoDbRequest = z.output<typeof Request>;

const Transaction = z.looseObject({
  TransactItems: z.array(z.record(z.string(), Request)).optional(),
});
const Written = z.looseObject({
  PutRequest: Request.optional(),
  DeleteRequest: Request.optional(),
});
const Read = z.looseObject({ Keys: z.array(Image) });
const Batch = z.looseObject({
  RequestItems: z.record(z.string(), z.union([Read, z.array(Written)])).optional(),
});

/** A transaction needs the permissions of the single actions in it. */
const IN_TRANSACTION: Readonly<Record<string, string>> = {
  Get: 'GetItem',
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
};
const READS: readonly string[] = ['BatchGetItem', 'GetItem', 'Query', 'Scan'];

const Schema = z.array(z.object({ AttributeName: z.string(), KeyType: z.string() }));
const Table = z.object({
  KeySchema: Schema,
  GlobalSecondaryIndexes: z
    .array(z.object({ IndexName: z.string(), KeySchema: Schema }))
    .default([]),
});

const hashOf = (schema: z.output<typeof Schema>): string =>
  schema.find(({ KeyType }) => KeyType === 'HASH')?.AttributeName ?? '';

/** The name of the partition key, by the ARN of a table or an index. */
function partitionKeys(deployment: Deployment): ReadonlyMap<string, string> {
  return new Map(
    deployment.resources('AWS::DynamoDB::Table', Table).flatMap(({ attributes, properties }) => {
      const arn = String(attributes['Arn']);
      return [
        [arn, hashOf(properties.KeySchema)] as const,
        ...properties.GlobalSecondaryIndexes.map(
          ({ IndexName, KeySchema }) => [`${arn}/index/${IndexName}`, hashOf(KeySchema)] as const,
        ),
      ];
    }),
  );
}

export function dynamoDbCalls(deployment: Deployment, keyOf: KeyOf): ReadCalls {
  const keys = partitionKeys(deployment);

  const callsOf = (operation: string, request: DynamoDbRequest): readonly Call[] => {
    const table = tableArn(request.TableName ?? '');
    const resource =
      request.IndexName === undefined ? table : `${table}/index/${request.IndexName}`;
    const leading = leadingKey(request, keys.get(resource) ?? '');
    // The table's own key lies under the customer's: reading opens it, and writing may renew it.
    const uses = READS.includes(operation)
      ? (['kms:Decrypt'] as const)
      : (['kms:Decrypt', 'kms:GenerateDataKey'] as const);
    return [
      {
        action: `dynamodb:${operation}`,
        resource,
        context: {
          ...COMMON_CONTEXT,
          ...(leading !== undefined && { 'dynamodb:LeadingKeys': [leading] }),
        },
      },
      ...usesOfKey(keyOf(table), 'dynamodb', uses),
    ];
  };

  return (asked) =>
    requestsIn(operationOf(asked), JSON.parse(asked.body || '{}')).flatMap(([operation, request]) =>
      callsOf(operation, request),
    );
}

/** What a transaction or a batch does one by one; of anything else the one thing that it is. */
function requestsIn(
  operation: string,
  body: unknown,
): readonly (readonly [string, DynamoDbRequest])[] {
  const { TransactItems: items = [] } = Transaction.parse(body);
  if (items.length > 0) {
    return items
      .flatMap(Object.entries)
      .map(([kind, request]) => [IN_TRANSACTION[kind] ?? kind, request as DynamoDbRequest]);
  }
  const batches = Object.entries(Batch.parse(body).RequestItems ?? {});
  if (batches.length === 0) return [[operation, Request.parse(body)]];
  return batches.flatMap(([TableName, batch]) =>
    inBatch(batch).map((each) => [operation, { ...each, TableName }] as const),
  );
}

/** Each has the key of a partition, by which a role may be bound to some. */
const inBatch = (
  batch: z.output<typeof Read> | readonly z.output<typeof Written>[],
): readonly DynamoDbRequest[] =>
  'Keys' in batch
    ? batch.Keys.map((Key) => ({ Key }))
    : batch.map(({ PutRequest, DeleteRequest }) => PutRequest ?? DeleteRequest ?? {});

/** @param table a name, or the ARN already */
const tableArn = (table: string): string =>
  table.startsWith('arn:') ? table : `arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/${table}`;

/** The value of the partition key that a request is about; none of a scan. */
function leadingKey(request: DynamoDbRequest, name: string): string | undefined {
  const value = (request.Key ?? request.Item)?.[name] ?? partitionValueIn(request, name);
  const text = z.union([z.object({ S: z.string() }), z.object({ N: z.string() })]).safeParse(value);
  return text.success ? Object.values(text.data)[0] : undefined;
}
