import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  type QueryCommandOutput,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Item, Query, RawTable, Table, Write, Written } from '../table.ts';
import { questionOf, transactItemOf } from './expressions.ts';
import { failedConditionsOf, refusedForNow, TableBusy } from './refusals.ts';
import { retrying } from './retrying.ts';

/** A socket that hangs would otherwise hang until the function is stopped. */
const ourClient = (): DynamoDBClient =>
  new DynamoDBClient({
    maxAttempts: 4,
    requestHandler: {
      connectionTimeout: 1000,
      requestTimeout: 4000,
      throwOnRequestTimeout: true,
    },
  });

export const dynamoTable = (name: string, client: DynamoDBClient = ourClient()): Table =>
  retrying(rawDynamoTable(name, client), { random: Math.random, sleep });

/**
 * DynamoDB itself.
 *
 * Every write is a transaction, a single put too, because only transactions carry a token. When an answer is lost on
 * the way, the SDK asks again with the same token, and DynamoDB answers "done" for ten minutes instead of doing it
 * twice: a conditional put without a token would then answer that its own first try was in the way. When the SDK gives
 * up, or we die, the caller's repeat carries a new token; then the conditions decide, and every store reads its own
 * earlier write as success. So the token makes a lost answer invisible, and the conditions make it harmless.
 */
export const rawDynamoTable = (name: string, client: DynamoDBClient): RawTable => ({
  async get({ pk, sk }) {
    const command = new GetItemCommand({
      TableName: name,
      Key: marshall({ pk, sk }),
      ConsistentRead: true,
    });
    const { Item } = await client.send(command).catch(busyOrBroken);
    return Item && (unmarshall(Item) as Item);
  },
  query: (query) => queryPages(name, client, query),
  write: (writes) => transact(name, client, writes),
});

async function queryPages(
  name: string,
  client: DynamoDBClient,
  query: Query,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  let from: QueryCommandOutput['LastEvaluatedKey'] = startOf(query);
  do {
    const command = new QueryCommand({
      TableName: name,
      ...questionOf(query),
      Limit: query.limit - items.length,
      ...(from && { ExclusiveStartKey: from }),
    });
    const page: QueryCommandOutput = await client.send(command).catch(busyOrBroken);
    items.push(...(page.Items ?? []).map((item) => unmarshall(item) as Item));
    from = page.LastEvaluatedKey;
  } while (from && items.length < query.limit);
  return items;
}

function startOf(query: Query): QueryCommandOutput['LastEvaluatedKey'] {
  if (query.after === undefined) return undefined;
  return marshall('index' in query ? query.after : { pk: query.pk, sk: query.after });
}

async function transact(
  name: string,
  client: DynamoDBClient,
  writes: readonly Write[],
): Promise<Written> {
  const command = new TransactWriteItemsCommand({
    TransactItems: writes.map((write) => transactItemOf(name, write)),
    ClientRequestToken: randomUUID(),
  });
  try {
    await client.send(command);
    return { ok: true };
  } catch (error) {
    const failed = failedConditionsOf(error);
    return failed.length > 0 ? { ok: false, failed } : busyOrBroken(error);
  }
}

function busyOrBroken(error: unknown): never {
  throw refusedForNow(error) ? new TableBusy({ cause: error }) : error;
}
