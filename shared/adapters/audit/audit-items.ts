import {
  BatchGetItemCommand,
  DynamoDBClient,
  paginateQuery,
  paginateScan,
  type AttributeValue,
  type BatchGetItemCommandInput,
  type BatchGetItemCommandOutput,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Item, Key } from '../dynamo/table.ts';

/** Reads the table of the audit, also as a whole. Strongly consistent, item by item. */
export interface AuditItems {
  /** Page by page, in the order of the sort keys. */
  partition(
    pk: string,
    options?: { readonly newestFirst?: boolean },
  ): AsyncIterable<readonly Item[]>;
  /** Those that are there, in no order. */
  get(keys: readonly Key[]): Promise<readonly Item[]>;
  /** Page by page, in no order between partitions. */
  all(): AsyncIterable<readonly Item[]>;
}

/** For whoever walks through years of entries: what is refused for the moment is asked again for a while. */
export const patientClient = (): DynamoDBClient => new DynamoDBClient({ maxAttempts: 10 });

/** Of DynamoDB. */
const MOST_AT_ONCE = 100;

export const dynamoAuditItems = (
  tableName: string,
  client: DynamoDBClient = patientClient(),
): AuditItems => ({
  async *partition(pk, { newestFirst = false } = {}) {
    const pages = paginateQuery(
      // The newest one is asked for alone.
      { client, ...(newestFirst && { pageSize: 1 }) },
      {
        TableName: tableName,
        ConsistentRead: true,
        ScanIndexForward: !newestFirst,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: marshall({ ':pk': pk }),
      },
    );
    for await (const { Items } of pages) yield itemsOf(Items);
  },
  async get(keys) {
    const found: Item[] = [];
    const wanted = distinct(keys).map(({ pk, sk }) => marshall({ pk, sk }));
    for (let at = 0; at < wanted.length; at += MOST_AT_ONCE) {
      found.push(...(await batchGet(tableName, client, wanted.slice(at, at + MOST_AT_ONCE))));
    }
    return found;
  },
  async *all() {
    const pages = paginateScan({ client }, { TableName: tableName, ConsistentRead: true });
    for await (const { Items } of pages) yield itemsOf(Items);
  },
});

async function batchGet(
  tableName: string,
  client: DynamoDBClient,
  Keys: Record<string, AttributeValue>[],
): Promise<readonly Item[]> {
  const found: Item[] = [];
  let left: BatchGetItemCommandInput['RequestItems'] = {
    [tableName]: { Keys, ConsistentRead: true },
  };
  while (left && Object.keys(left).length > 0) {
    const { Responses, UnprocessedKeys }: BatchGetItemCommandOutput = await client.send(
      new BatchGetItemCommand({ RequestItems: left }),
    );
    found.push(...itemsOf(Responses?.[tableName]));
    left = UnprocessedKeys;
  }
  return found;
}

const itemsOf = (items: Record<string, AttributeValue>[] = []): readonly Item[] =>
  items.map((item) => unmarshall(item) as Item);

/** DynamoDB refuses to be asked for one item twice. */
const distinct = (keys: readonly Key[]): readonly Key[] => [
  ...new Map(keys.map((key) => [`${key.pk}\0${key.sk}`, key])).values(),
];
