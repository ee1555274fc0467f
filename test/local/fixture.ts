import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { readCloudAssembly } from '../../infra/local/assembly/cloud-assembly.ts';
import { deploy, startEngines, type Cloud, type Engines } from '../../infra/local/cloud.ts';
import { fileLog } from '../../infra/local/functions/function-log.ts';

export const ASSEMBLY = resolve(import.meta.dirname, 'fixtures/assembly');

export interface Fixture {
  readonly engines: Engines;
  readonly cloud: Cloud;
  readonly logFile: string;
  /** What the functions noted under a key of the table of things seen, in order. */
  seen(pk: string): Promise<string[]>;
  readonly tables: DynamoDBClient;
  close(): Promise<void>;
}

/** The small template of fixtures/assembly, deployed on engines of its own. */
export async function startFixture(minuteLastsSeconds?: number): Promise<Fixture> {
  const folder = mkdtempSync(join(tmpdir(), 'engine-'));
  const logFile = join(folder, 'functions.log');
  const engines = await startEngines();
  const log = fileLog(logFile);
  const cloud = await deploy({
    engines,
    assembly: readCloudAssembly(ASSEMBLY),
    parameters: { Greeting: 'hello' },
    secrets: { Identity: 'given' },
    log,
    ...(minuteLastsSeconds !== undefined && { minuteLastsSeconds }),
  });
  const tables = new DynamoDBClient({
    endpoint: engines.dynamoDb.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  return {
    engines,
    cloud,
    logFile,
    tables,
    async seen(pk) {
      const found = await tables.send(
        new QueryCommand({
          TableName: 'Store-Seen',
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': { S: pk } },
          ConsistentRead: true,
        }),
      );
      return (found.Items ?? []).map((item) => item['sk']?.S ?? '');
    },
    async close() {
      tables.destroy();
      await cloud.close();
      await engines.close();
      await log.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Asks again and again until the answer is something, at most `seconds`. */
export async function eventually<T>(
  ask: () => Promise<T | undefined | false>,
  seconds = 15,
): Promise<T> {
  const until = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > until) throw new Error('It did not happen in time');
    await sleep(50);
  }
}
