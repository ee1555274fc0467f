import {
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  ScanCommand,
  type DynamoDBServiceException,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import {
  localClientSettings,
  startDynamoDb,
  type LocalDynamoDb,
} from '../../../infra/local/engines/dynamodb.ts';
import { scratchAnswerCounter } from '../../../shared/adapters/dynamo/scratch/answer-counter.ts';
import { scratchCallCounter } from '../../../shared/adapters/dynamo/scratch/call-counter.ts';
import { scratchCallKeys } from '../../../shared/adapters/dynamo/scratch/call-keys.ts';
import { scratchCircuit } from '../../../shared/adapters/dynamo/scratch/circuit-store.ts';
import { scratchRateCounter } from '../../../shared/adapters/dynamo/scratch/rate-counter.ts';
import { KEY_KEPT_SECONDS } from '../../../shared/door.ts';
import { CLOSED } from '../../../shared/deliver/circuit.ts';
import { answerCounterContract } from '../../contracts/answer-counter.ts';
import { callCounterContract } from '../../contracts/call-counter.ts';
import { callKeysContract } from '../../contracts/call-keys.ts';
import { circuitStoreContract } from '../../contracts/circuit-store.ts';
import { rateCounterContract } from '../../contracts/rate-counter.ts';
import { sha256 } from '../../../shared/ids.ts';
import { emptyTables } from '../../support/empty-tables.ts';
import { memoryAnswerCounter } from '../../support/memory/answer-counter.ts';
import { memoryCallCounter, memoryCallKeys } from '../../support/memory/door.ts';
import { memoryCircuitStore } from '../../support/memory/circuit-store.ts';
import { memoryRateCounter } from '../../support/memory/rate-counter.ts';
import { describeWith } from '../../support/needs.ts';

const NOW = new Date('2026-11-22T10:00:00Z');
const NOW_SECONDS = NOW.getTime() / 1000;

rateCounterContract('a counter in memory', memoryRateCounter);
circuitStoreContract('a circuit in memory', memoryCircuitStore);

let people = 0;
const somebody = (): string => `somebody-${(people += 1)}`;
const inMemory = memoryAnswerCounter();
answerCounterContract('a counter of answers in memory', () => inMemory, somebody);

const callsInMemory = memoryCallCounter();
callCounterContract('a counter of calls in memory', () => callsInMemory, somebody);
callKeysContract('keys of calls in memory', memoryCallKeys, somebody);

describeWith(['java'], 'the limits of a relay in DynamoDB Local', () => {
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
  const onFault = (error: unknown): void => void faults.push(error);
  let relays = 0;
  const another = (): string => `relay-${(relays += 1)}`;
  const counterOf = (relay: string) => scratchRateCounter(tableName, relay, { client, onFault });
  const circuitOf = (relay: string) =>
    scratchCircuit(tableName, relay, { client, onFault, now: () => NOW });

  rateCounterContract('a counter in the table', () => counterOf(another()));
  circuitStoreContract('a circuit in the table', () => circuitOf(another()));
  const answersIn = (name: string) => scratchAnswerCounter(name, { client, onFault });
  answerCounterContract('a counter of answers in the table', () => answersIn(tableName), somebody);

  const callsIn = (name: string) => scratchCallCounter(name, { client, onFault });
  callCounterContract('a counter of calls in the table', () => callsIn(tableName), somebody);
  const keysIn = (name: string) => (now: () => Date) =>
    scratchCallKeys(name, { client, onFault, now });
  callKeysContract('keys of calls in the table', (now) => keysIn(tableName)(now), somebody);

  test('of a key lies there a hash of what was asked, and when it may go, and nothing that was said', async () => {
    const use = { key: sha256('kept'), fingerprint: sha256('asked') };
    const keys = keysIn(tableName)(() => NOW);
    const found = await keys.take(use);
    if (found.kind !== 'taken') throw new Error(found.kind);
    await keys.keep(found.lease);
    const Key = marshall({ pk: `KEY#${use.key}`, sk: 'USE' });
    const { Item = {} } = await client.send(new GetItemCommand({ TableName: tableName, Key }));
    expect(unmarshall(Item)).toEqual({
      pk: `KEY#${use.key}`,
      sk: 'USE',
      schema: 1,
      fingerprint: use.fingerprint,
      owner: found.lease.owner,
      isKept: true,
      leaseUntil: 0,
      expiresAtSeconds: NOW_SECONDS + KEY_KEPT_SECONDS,
    });
  });

  test('without a table nobody can tell, and that is said', async () => {
    const keys = keysIn('Nowhere')(() => NOW);
    const use = { key: sha256('kept'), fingerprint: sha256('asked') };
    expect(await keys.take(use)).toEqual({ kind: 'unknown' });
    await keys.keep({ ...use, owner: 'somebody' });
    expect(await callsIn('Nowhere').count(sha256('one'), 'calls', 1, 5)).toBe('unknown');
    expect(faults).toHaveLength(3);
  });

  test('a key of another schema is taken for one of which nobody can tell', async () => {
    const use = { key: sha256('strange'), fingerprint: sha256('asked') };
    const until = { expiresAtSeconds: NOW_SECONDS + 9 };
    const item = { pk: `KEY#${use.key}`, sk: 'USE', schema: 2, ...until };
    await client.send(new PutItemCommand({ TableName: tableName, Item: marshall(item) }));
    expect(await keysIn(tableName)(() => NOW).take(use)).toEqual({ kind: 'unknown' });
    expect(faults).toHaveLength(1);
  });

  test('who cannot count does not answer, and says so', async () => {
    expect(await answersIn('NoSuchTable').count('somebody', NOW, 5)).toBe(false);
    expect(faults).toHaveLength(1);
  });

  test('every item says when DynamoDB may delete it', async () => {
    await counterOf('kept').count(NOW_SECONDS, 2, 1);
    await circuitOf('kept').replace({ failures: 1, version: 1 });
    await answersIn(tableName).count('kept', NOW, 1);
    const { Items = [] } = await client.send(new ScanCommand({ TableName: tableName }));
    const items = Items.map((item) => unmarshall(item)).filter(({ pk }) => /#kept/.test(pk));
    expect(items.sort((one, other) => (one['pk'] < other['pk'] ? -1 : 1))).toEqual([
      {
        pk: 'ANSWERS#kept',
        sk: '2026-11-22',
        counted: 1,
        expiresAtSeconds: NOW_SECONDS + 2 * 86_400,
      },
      expect.objectContaining({
        pk: 'CIRCUIT#kept',
        sk: 'STATE',
        schema: 1,
        expiresAtSeconds: NOW_SECONDS + 86_400,
      }),
      { pk: 'RATE#kept#2', sk: `${NOW_SECONDS}`, counted: 1, expiresAtSeconds: NOW_SECONDS + 600 },
    ]);
  });

  test('a circuit of another schema is taken for closed, and is left as it is', async () => {
    const relay = another();
    const item = { pk: `CIRCUIT#${relay}`, sk: 'STATE', schema: 2, failures: 9, version: 7 };
    await client.send(new PutItemCommand({ TableName: tableName, Item: marshall(item) }));
    expect(await circuitOf(relay).read()).toEqual(CLOSED);
    expect(await circuitOf(relay).replace({ failures: 1, version: 1 })).toBe(false);
    const Key = marshall({ pk: item.pk, sk: item.sk });
    const { Item = {} } = await client.send(new GetItemCommand({ TableName: tableName, Key }));
    expect(unmarshall(Item)).toEqual(item);
  });

  test('without a table everybody may pass, and that is said', async () => {
    const options = { client, onFault, now: () => NOW };
    const counter = scratchRateCounter('Nowhere', 'relay', options);
    const circuit = scratchCircuit('Nowhere', 'relay', options);
    expect(await counter.count(1, 0, 1)).toBe(true);
    expect(await circuit.read()).toEqual(CLOSED);
    expect(await circuit.replace({ failures: 5, version: 1 })).toBe(true);
    expect(faults.map((error) => (error as DynamoDBServiceException).name)).toEqual(
      Array.from({ length: 3 }, () => 'ResourceNotFoundException'),
    );
  });
});
