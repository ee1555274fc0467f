import { createHash, randomUUID } from 'node:crypto';
import {
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandOutput,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Now } from '../../clock.ts';
import type { CacheKey } from '../../discover/cache.ts';
import { cacheKeyText, type Kept, type TimedCache } from '../timed-cache.ts';
import { readHead, readPart, type Head } from './scratch/items.ts';
import { quickClient, type ScratchOptions } from './scratch/quick-client.ts';

/** After a call that failed the answer is that nothing is kept. */
export interface ScratchCacheOptions extends ScratchOptions {
  readonly now: Now;
}

/** An item holds 400 kB, with its keys and names. */
const PART_BYTES = 350_000;
/** Revocation lists of 5 MB, and some more. */
const MAX_PARTS = 16;

/**
 * The cache that all functions share, in the table `Scratch`. What is longer than an item lies in parts, and the head,
 * which names them, is written last: until then, or when a part is gone, nothing is there. DynamoDB deletes what is over
 * when it comes round to it, so the time is looked at here as well.
 *
 * @see docs/table.md
 */
export function scratchCache(tableName: string, options: ScratchCacheOptions): TimedCache {
  const { now, onFault, client = quickClient() } = options;
  const table = { tableName, client };

  async function find(key: CacheKey): Promise<Kept | undefined> {
    try {
      const pk = cacheKeyText(key);
      const head = await headOf(table, pk);
      if (!head || head.until <= now()) return undefined;
      const bytes = head.bytes ?? (await partsOf(table, pk, head));
      return hashOf(bytes).equals(head.hash) ? { bytes, until: head.until } : undefined;
    } catch (error) {
      onFault(error);
      return undefined;
    }
  }

  return {
    find,
    read: async (key) => (await find(key))?.bytes,
    async keep(key, bytes, until) {
      if (!(until > now()) || bytes.length > MAX_PARTS * PART_BYTES) return;
      try {
        await write(table, cacheKeyText(key), bytes, until);
      } catch (error) {
        onFault(error);
      }
    },
  };
}

interface Table {
  readonly tableName: string;
  readonly client: DynamoDBClient;
}

async function headOf({ tableName, client }: Table, pk: string): Promise<Head | undefined> {
  const Key = marshall({ pk, sk: 'HEAD' });
  const { Item } = await client.send(new GetItemCommand({ TableName: tableName, Key }));
  return Item && readHead(unmarshall(Item));
}

/** In order, as far as they are there. */
async function partsOf({ tableName, client }: Table, pk: string, head: Head): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let from: QueryCommandOutput['LastEvaluatedKey'];
  do {
    const page: QueryCommandOutput = await client.send(
      new QueryCommand({
        TableName: tableName,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :parts)',
        ExpressionAttributeValues: marshall({ ':pk': pk, ':parts': `PART#${head.writing}#` }),
        Limit: MAX_PARTS,
        ...(from && { ExclusiveStartKey: from }),
      }),
    );
    parts.push(...(page.Items ?? []).map((item) => readPart(unmarshall(item))));
    from = page.LastEvaluatedKey;
  } while (from && parts.length < MAX_PARTS);
  return Buffer.concat(parts);
}

/** Parts of an earlier writing are left to expire: a reader may be in the middle of them. */
async function write(table: Table, pk: string, bytes: Uint8Array, until: Date): Promise<void> {
  const common = { pk, schema: 1, expiresAtSeconds: Math.floor(until.getTime() / 1000) };
  const head = { ...common, sk: 'HEAD', hash: hashOf(bytes) };
  if (bytes.length <= PART_BYTES) return put(table, { ...head, bytes });
  const writing = randomUUID();
  const count = Math.ceil(bytes.length / PART_BYTES);
  const puts = Array.from({ length: count }, (_, index) => {
    const part = bytes.subarray(index * PART_BYTES, (index + 1) * PART_BYTES);
    const sk = `PART#${writing}#${String(index).padStart(2, '0')}`;
    return put(table, { ...common, sk, bytes: part });
  });
  await Promise.all(puts);
  await put(table, { ...head, writing });
}

async function put({ tableName, client }: Table, item: Readonly<Record<string, unknown>>) {
  await client.send(new PutItemCommand({ TableName: tableName, Item: marshall(item) }));
}

const hashOf = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();
