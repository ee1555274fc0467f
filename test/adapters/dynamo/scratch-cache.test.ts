import {
  DeleteItemCommand,
  DynamoDBClient,
  paginateQuery,
  PutItemCommand,
  type DynamoDBServiceException,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { randomBytes, randomUUID } from 'node:crypto';
import {
  localClientSettings,
  startDynamoDb,
  type LocalDynamoDb,
} from '../../../infra/local/engines/dynamodb.ts';
import { scratchCache } from '../../../shared/adapters/dynamo/scratch-cache.ts';
import { processCache } from '../../../shared/adapters/process-cache.ts';
import { cacheKeyText } from '../../../shared/adapters/timed-cache.ts';
import { later } from '../../../shared/clock.ts';
import type { CacheKey } from '../../../shared/discover/cache.ts';
import { cacheContract } from '../../contracts/cache.ts';
import { emptyTables } from '../../support/empty-tables.ts';
import { describeWith } from '../../support/needs.ts';

const NOW = new Date('2026-11-22T10:00:00Z');
const SOON = later(NOW, 60);
const now = () => NOW;
const NAME = 'dr.berg@clinic.example.org';
const LARGE = 800_000;

const fresh = (): CacheKey => ({ kind: 'crl', name: `${randomUUID()} ${NAME}` });

describeWith(['java'], 'the cache in DynamoDB Local', () => {
  let local: LocalDynamoDb;
  let client: DynamoDBClient;
  let tableName: string;

  beforeAll(async () => {
    local = await startDynamoDb();
    client = new DynamoDBClient(localClientSettings(local.endpoint));
    tableName = await (await emptyTables('Scratch', client))();
  }, 90_000);
  afterAll(async () => {
    client.destroy();
    await local.close();
  });

  const faults: unknown[] = [];
  beforeEach(() => void faults.splice(0));
  const open = (clock = now) =>
    scratchCache(tableName, { now: clock, client, onFault: (error) => faults.push(error) });

  cacheContract('the table', open);
  cacheContract('the cache of a process before the table', (clock) =>
    processCache({ now: clock, maxBytes: 1_000_000, behind: open(clock) }),
  );

  /** What lies in the table for a key that keeps these bytes. */
  async function itemsWith(key: CacheKey, bytes: Uint8Array): Promise<Record<string, unknown>[]> {
    await open().keep(key, bytes, SOON);
    const values = { ':pk': { S: cacheKeyText(key) } };
    const pages = paginateQuery(
      { client },
      {
        TableName: tableName,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: values,
      },
    );
    const items: Record<string, unknown>[] = [];
    for await (const { Items = [] } of pages) items.push(...Items.map((item) => unmarshall(item)));
    return items;
  }
  const overwrite = (item: Record<string, unknown>) =>
    client.send(new PutItemCommand({ TableName: tableName, Item: marshall(item) }));
  const remove = ({ pk, sk }: Record<string, unknown>) =>
    client.send(new DeleteItemCommand({ TableName: tableName, Key: marshall({ pk, sk }) }));

  test('every item says when DynamoDB may delete it, and no key holds a name', async () => {
    const key = fresh();
    const items = await itemsWith(key, randomBytes(LARGE));
    expect(items.map(({ sk }) => String(sk).replace(/#[0-9a-f-]{36}#/, '#…#')).sort()).toEqual([
      'HEAD',
      'PART#…#00',
      'PART#…#01',
      'PART#…#02',
    ]);
    for (const item of items) {
      expect(item).toMatchObject({ schema: 1, expiresAtSeconds: SOON.getTime() / 1000 });
      expect(item['pk']).toMatch(/^CACHE#crl#[0-9a-f]{64}$/);
    }
    const said = items.map((item) => JSON.stringify({ ...item, bytes: 'left out' }));
    expect(said.join()).not.toContain('clinic');
  });

  test('what is over is not there, whether or not DynamoDB has come to delete it', async () => {
    const key = fresh();
    const [head] = await itemsWith(key, Uint8Array.of(1));
    expect(head).toBeDefined();
    await expect(open(() => SOON).find(key)).resolves.toBeUndefined();
    await expect(open().find(key)).resolves.toMatchObject({ until: SOON });
  });

  test('a part of a second is not added to what may be used', async () => {
    const key = fresh();
    await open().keep(key, Uint8Array.of(1), new Date(SOON.getTime() + 999));
    await expect(open().find(key)).resolves.toMatchObject({ until: SOON });
  });

  test.each<[string, (item: Record<string, unknown>) => object | undefined]>([
    ['a part is gone', ({ sk }) => (String(sk).endsWith('#01') ? undefined : {})],
    ['the head is gone', ({ sk }) => (sk === 'HEAD' ? undefined : {})],
    [
      'a part is another one',
      ({ sk }) => (String(sk).endsWith('#01') ? { bytes: new Uint8Array(350_000) } : {}),
    ],
    ['a part is no part', ({ sk }) => (String(sk).endsWith('#01') ? { bytes: 'text' } : {})],
    ['the head is of another schema', ({ sk }) => (sk === 'HEAD' ? { schema: 2 } : {})],
    ['the head has no time', ({ sk }) => (sk === 'HEAD' ? { expiresAtSeconds: 'later' } : {})],
    ['the head has another hash', ({ sk }) => (sk === 'HEAD' ? { hash: new Uint8Array(32) } : {})],
  ])('nothing is there when %s', async (_, change) => {
    const key = fresh();
    const items = await itemsWith(key, randomBytes(LARGE));
    expect(items).toHaveLength(4);
    for (const item of items) {
      const changes = change(item);
      await (changes ? overwrite({ ...item, ...changes }) : remove(item));
    }
    await expect(open().read(key)).resolves.toBeUndefined();
    expect(faults).toEqual([]);
  });

  test('an entry that is overwritten is whole for whoever reads its new head', async () => {
    const key = fresh();
    const versions = [1, 2, 3, 4].map((each) => Buffer.alloc(LARGE, each));
    await open().keep(key, versions[0]!, SOON);
    const [read] = await Promise.all([
      open().read(key),
      ...versions.map((each) => open().keep(key, each, SOON)),
    ]);
    const last = await open().read(key);
    for (const found of [read, last]) {
      expect(versions.some((each) => each.equals(found ?? new Uint8Array(0)))).toBe(true);
    }
  });

  test('what is too large for it is not kept', async () => {
    const key = fresh();
    const items = await itemsWith(key, new Uint8Array(16 * 350_000 + 1));
    expect(items).toEqual([]);
    expect(faults).toEqual([]);
  });

  test('a table that is not there keeps nothing, and that is said', async () => {
    const cache = scratchCache('Nowhere', { now, client, onFault: (error) => faults.push(error) });
    await expect(cache.read(fresh())).resolves.toBeUndefined();
    await expect(cache.keep(fresh(), Uint8Array.of(1), SOON)).resolves.toBeUndefined();
    await expect(cache.keep(fresh(), randomBytes(LARGE), SOON)).resolves.toBeUndefined();
    expect(faults.map((error) => (error as DynamoDBServiceException).name)).toEqual(
      Array.from({ length: 3 }, () => 'ResourceNotFoundException'),
    );
  });
});

describe('a table that nobody answers for', () => {
  test('keeps nothing, and that is said', async () => {
    const faults: unknown[] = [];
    const client = new DynamoDBClient({
      ...localClientSettings('http://127.0.0.1:9'),
      maxAttempts: 1,
    });
    const cache = scratchCache('Scratch', { now, client, onFault: (error) => faults.push(error) });
    await expect(cache.read({ kind: 'crl', name: NAME })).resolves.toBeUndefined();
    await cache.keep({ kind: 'crl', name: NAME }, Uint8Array.of(1), SOON);
    expect(faults).toHaveLength(2);
    client.destroy();
  });
});
