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
import { questionOf, transactItemOf } from './table/expressions.ts';
import { failedConditionsOf, refusedForNow, TableBusy } from './table/refusals.ts';
import { retrying } from './table/retrying.ts';

export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** What lies under a key. Attributes that are undefined are not kept. */
export type Item = Key & Readonly<Record<string, unknown>>;

/** What must hold of the item under a key, at the moment of the transaction, for the transaction to happen. */
export type Condition =
  | { readonly absent: true }
  | { readonly equals: readonly [path: readonly string[], value: string | number] };

export type Write =
  | { readonly put: Item; readonly when?: readonly Condition[] }
  | { readonly check: Key; readonly when: readonly Condition[] }
  | { readonly remove: Key };

/** All of it was written, or nothing: then `failed` names writes whose conditions did not hold, by index, at least one. */
export type Written =
  { readonly ok: true } | { readonly ok: false; readonly failed: readonly number[] };

/**
 * Items of one partition in the order of their sort key; or, in the index `due`, of one shard in the order of
 * `dueAt`, up to and including `upTo`. At most `limit` items, over as many pages as that takes.
 */
export type Query =
  | {
      readonly pk: string;
      readonly skPrefix?: string;
      readonly newestFirst?: boolean;
      readonly limit: number;
    }
  | {
      readonly index: 'due';
      readonly pk: string;
      readonly upTo: string;
      readonly limit: number;
    };

/**
 * A table as DynamoDB is one, and no more of it than we need.
 *
 * @throws TableBusy when the same call may succeed in a moment and nothing was written
 */
export interface RawTable {
  /** Strongly consistent. */
  get(key: Key): Promise<Item | undefined>;
  /**
   * Strongly consistent, item by item: a transaction that commits meanwhile may be seen in part. The index `due` is
   * eventually consistent and answers keys only.
   */
  query(query: Query): Promise<readonly Item[]>;
  /** One transaction of 1 to 100 writes, no two on the same item. A condition that does not hold is an answer. */
  write(writes: readonly Write[]): Promise<Written>;
}

/** What the stores are built on: a raw table that was given patience (table/retrying.ts). */
export interface Table extends RawTable {
  /** Waits before somebody who lost a race runs again; longer after more tries. */
  pause(tries: number): Promise<void>;
}

/** The attributes of DynamoDB's index of what is due; its sort key is compared as text, so it is ISO 8601 UTC. */
export const DUE_INDEX = { name: 'due', pk: 'duePk', sk: 'dueAt' } as const;

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
  let from: QueryCommandOutput['LastEvaluatedKey'];
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
