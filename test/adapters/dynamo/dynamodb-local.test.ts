import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Table } from '../../../shared/adapters/dynamo/table.ts';
import { dynamoTable } from '../../../shared/adapters/dynamo/table/dynamo-table.ts';
import {
  localClientSettings,
  startDynamoDb,
  type LocalDynamoDb,
} from '../../../infra/local/engines/dynamodb.ts';
import { emptyTables } from '../../support/empty-tables.ts';
import { describeWith } from '../../support/needs.ts';
import { agreeOnAnything } from './agreement.ts';
import { everyContract } from './every-contract.ts';
import { proxyLosing } from './lossy-proxy.ts';

const clientAt = (endpoint: string) => new DynamoDBClient(localClientSettings(endpoint));

describeWith(['java'], 'DynamoDB Local', () => {
  let local: LocalDynamoDb;
  let client: DynamoDBClient;
  let freshName: () => Promise<string>;

  beforeAll(async () => {
    local = await startDynamoDb();
    client = clientAt(local.endpoint);
    freshName = await emptyTables('Main', client);
  }, 90_000);
  afterAll(async () => {
    client.destroy();
    await local.close();
  });

  const fresh = async (): Promise<Table> => dynamoTable(await freshName(), client);

  everyContract(fresh);

  test('and the memory table agree on any transactions', () => agreeOnAnything(fresh), 120_000);

  test('a committed transaction whose answer was lost is answered as done, and done once', async () => {
    const name = await freshName();
    const proxy = await proxyLosing(local.endpoint, { answers: 1 });
    const throughProxy = clientAt(proxy.endpoint);
    try {
      const put = { pk: 'A', sk: '1', by: 'the first and only' };
      const written = await dynamoTable(name, throughProxy).write([
        { put, when: [{ absent: true }] },
      ]);
      expect(written).toEqual({ ok: true });
      expect(proxy.lost()).toBe(1);
      expect(await dynamoTable(name, client).get(put)).toEqual(put);
    } finally {
      throughProxy.destroy();
      await proxy.close();
    }
  });
});
