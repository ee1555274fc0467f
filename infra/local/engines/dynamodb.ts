import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { spawnLeashed, type Leashed } from '../process/leash.ts';

export interface LocalDynamoDb {
  readonly endpoint: string;
  /** Resolves when the Java process has ended. */
  close(): Promise<void>;
}

export interface LocalDynamoDbOptions {
  /** A free one unless given. */
  readonly port?: number;
  /** Keeps the tables there; in memory unless given. */
  readonly dataDir?: string;
}

/** What DynamoDB Local wants to see of a client; it looks at no key, only that there is one. */
export const localClientSettings = (endpoint: string) => ({
  endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
});

/** Two seconds as a rule; a busy machine takes ten. */
const READY_WITHIN_MS = 60_000;

/**
 * Runs DynamoDB Local, and waits until it answers.
 *
 * @throws Error of one line when Java is missing or too old, when the port is taken, or when it does not come up
 */
export async function startDynamoDb({
  port: wanted,
  dataDir,
}: LocalDynamoDbOptions = {}): Promise<LocalDynamoDb> {
  refuseWithoutJava();
  const port = await freePort(wanted);
  const java = spawnJava(port, dataDir);
  const endpoint = `http://127.0.0.1:${port}`;
  try {
    await untilReady(endpoint, java);
  } catch (error) {
    await java.end();
    throw error;
  }
  return { endpoint, close: () => java.end() };
}

const JAVA_WANTED =
  'DynamoDB Local needs Java 17 or newer: apt-get install default-jre-headless (Debian, Ubuntu) or brew install openjdk (macOS)';

function refuseWithoutJava(): void {
  const { status, stderr } = spawnSync('java', ['-version'], { encoding: 'utf8' });
  const version = Number(/version "(?:1\.)?(\d+)/.exec(stderr ?? '')?.[1] ?? 0);
  if (status !== 0) throw new Error(`${JAVA_WANTED}; there is no java that runs`);
  if (version < 17) throw new Error(`${JAVA_WANTED}; the java found is version ${version}`);
}

function spawnJava(port: number, dataDir: string | undefined): Leashed {
  const emulator = emulatorFolder();
  if (dataDir !== undefined) mkdirSync(dataDir, { recursive: true });
  const command = [
    'java',
    `-Djava.library.path=${join(emulator, 'DynamoDBLocal_lib')}`,
    '-jar',
    join(emulator, 'DynamoDBLocal.jar'),
    '-port',
    String(port),
    '-disableTelemetry',
    // Without it every pair of region and access key would see tables of its own.
    '-sharedDb',
    ...(dataDir === undefined ? ['-inMemory'] : ['-dbPath', resolve(dataDir)]),
  ];
  // `-disableTelemetry` alone still asks DNS for the place to report to, and leaves a file in our folder.
  return spawnLeashed(command, { env: { DDB_LOCAL_TELEMETRY: '0' } });
}

const emulatorFolder = (): string =>
  join(
    dirname(createRequire(import.meta.url).resolve('amplify-dynamodb-simulator/package.json')),
    'emulator',
  );

async function freePort(wanted: number | undefined): Promise<number> {
  const server = createServer();
  try {
    return await new Promise((found, taken) => {
      server.once('error', () => taken(new Error(`Port ${wanted} is in use`)));
      server.listen(wanted ?? 0, () => {
        const address = server.address();
        if (address !== null && typeof address === 'object') found(address.port);
      });
    });
  } finally {
    server.close();
  }
}

async function untilReady(endpoint: string, java: Leashed): Promise<void> {
  const client = new DynamoDBClient({ ...localClientSettings(endpoint), maxAttempts: 1 });
  const deadline = Date.now() + READY_WITHIN_MS;
  try {
    while (Date.now() < deadline) {
      if (java.process.exitCode !== null) {
        throw new Error(`DynamoDB Local ended at once: ${java.complaint()}`);
      }
      const isReady = await client.send(new ListTablesCommand({})).then(
        () => true,
        () => false,
      );
      if (isReady) return;
      await sleep(100);
    }
  } finally {
    client.destroy();
  }
  throw new Error(
    `DynamoDB Local did not answer within ${READY_WITHIN_MS / 1000} s: ${java.complaint()}`,
  );
}
