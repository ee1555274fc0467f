import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { localClientSettings, startDynamoDb } from '../../../infra/local/engines/dynamodb.ts';
import { dynamoTable } from '../../../shared/adapters/dynamo/table/dynamo-table.ts';
import { emptyTables } from '../../support/empty-tables.ts';
import { describeWith } from '../../support/needs.ts';

const MODULE = resolve(import.meta.dirname, '../../../infra/local/engines/dynamodb.ts');

/** Two starts of Java on a busy machine. */
const SLOW_MS = 120_000;

const startIn = (path: string | undefined, then: string): readonly [string[], object] => [
  [
    '--input-type=module',
    '-e',
    `import { startDynamoDb } from ${JSON.stringify(MODULE)};
     try { const local = await startDynamoDb(); ${then} } catch (error) { process.stderr.write(error.message + '\\n'); process.exit(1); }`,
  ],
  { encoding: 'utf8', env: { ...process.env, ...(path !== undefined && { PATH: path }) } },
];

const isListening = async (endpoint: string): Promise<boolean> =>
  fetch(endpoint).then(
    () => true,
    () => false,
  );

describe('DynamoDB Local without the Java that it needs', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'java-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each([
    ['missing', undefined, 'there is no java that runs'],
    ['a stub that only fails', 'exit 1', 'there is no java that runs'],
    ['version 8', `echo 'openjdk version "1.8.0_402"' >&2`, 'the java found is version 8'],
    ['version 11', `echo 'openjdk version "11.0.22"' >&2`, 'the java found is version 11'],
  ])('says in one line what to install: %s', (_, script, reason) => {
    if (script !== undefined) {
      writeFileSync(join(folder, 'java'), `#!/bin/sh\n${script}\n`);
      chmodSync(join(folder, 'java'), 0o755);
    }
    const { status, stderr } = spawnSync(process.execPath, ...startIn(folder, ''));
    const lines = String(stderr).trim().split('\n');
    expect(status).toBe(1);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('apt-get install default-jre-headless');
    expect(lines[0]).toContain(reason);
  });
});

describeWith(['java'], 'the process of DynamoDB Local', () => {
  test(
    'ends when whoever started it is killed, and leaves no file where it was started',
    async () => {
      const cwd = mkdtempSync(join(tmpdir(), 'started-'));
      const [script, settings] = startIn(undefined, 'process.stdout.write(local.endpoint);');
      const parent = spawn(process.execPath, script, { ...settings, cwd });
      const [said] = (await once(parent.stdout, 'data')) as [Buffer];
      const endpoint = said.toString();
      expect(await isListening(endpoint)).toBe(true);

      parent.kill('SIGKILL');
      const deadline = Date.now() + 8000;
      while (Date.now() < deadline && (await isListening(endpoint))) await sleep(50);
      expect(await isListening(endpoint)).toBe(false);
      expect(readdirSync(cwd)).toEqual([]);
      rmSync(cwd, { recursive: true });
    },
    SLOW_MS,
  );

  test(
    'keeps its tables in a folder, over a restart on another port',
    async () => {
      const dataDir = mkdtempSync(join(tmpdir(), 'dynamodb-'));
      const put = { pk: 'A', sk: '1', kept: true };
      const visit = async <T>(then: (client: DynamoDBClient) => Promise<T>): Promise<T> => {
        const local = await startDynamoDb({ dataDir });
        const client = new DynamoDBClient(localClientSettings(local.endpoint));
        try {
          return await then(client);
        } finally {
          client.destroy();
          await local.close();
          expect(await isListening(local.endpoint)).toBe(false);
        }
      };
      const name = await visit(async (client) => {
        const made = await (await emptyTables('Main', client))();
        await dynamoTable(made, client).write([{ put }]);
        return made;
      });
      expect(await visit((client) => dynamoTable(name, client).get(put))).toEqual(put);
      rmSync(dataDir, { recursive: true });
    },
    SLOW_MS,
  );

  test('a port that is taken is refused by its number', async () => {
    const squatter = createServer().listen(0);
    await once(squatter, 'listening');
    const address = squatter.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    await expect(startDynamoDb({ port })).rejects.toThrow(`Port ${port} is in use`);
    squatter.close();
  });
});
