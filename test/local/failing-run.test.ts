import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test } from '@jest/globals';
import { describeWith } from '../support/needs.ts';
import { eventually } from './fixture.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const ENGINE = join(ROOT, 'infra/local/engines/dynamodb.ts');
const JEST = ['--experimental-vm-modules', join(ROOT, 'node_modules/jest/bin/jest.js')];

let folder = '';
let run: ChildProcess;
afterEach(() => {
  run.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** Starts DynamoDB Local, says where, and fails before it could close it. */
const failing = (endpointFile: string): string => `
  import { writeFileSync } from 'node:fs';
  import { startDynamoDb } from ${JSON.stringify(ENGINE)};
  test('fails', async () => {
    const { endpoint } = await startDynamoDb();
    writeFileSync(${JSON.stringify(endpointFile)}, endpoint);
    throw new Error('as it must');
  }, 90_000);
`;

/** The Java that serves this endpoint, and the shell that watches over it. */
const serving = (endpoint: string): readonly string[] => {
  const port = `-port ${new URL(endpoint).port} `;
  const { stdout } = spawnSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' });
  return stdout.split('\n').filter((line) => line.includes('DynamoDBLocal') && line.includes(port));
};

/** A run of these tests as `npm test` would run them, with what it said. */
async function runFailing(files: number) {
  folder = mkdtempSync(join(tmpdir(), 'failing-'));
  const endpoints = Array.from({ length: files }, (_, index) => join(folder, `endpoint-${index}`));
  for (const [index, file] of endpoints.entries()) {
    writeFileSync(join(folder, `${index}.test.ts`), failing(file));
  }
  const only = ['--roots', folder, '--testMatch', join(folder, '*.test.ts')];
  const jest = spawn(process.execPath, [...JEST, '--config', 'jest.config.js', ...only], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  run = jest;
  const ended = new Promise((settle) => jest.once('exit', settle));
  const [code, said] = await Promise.all([ended, text(jest.stdout), text(jest.stderr)]);
  return { code, said, endpoints: endpoints.map((file) => readFileSync(file, 'utf8')) };
}

describeWith(['java', 'time'], 'a test that fails before it has closed what it started', () => {
  test.each([
    ['alone', 1],
    ['among others', 2],
  ])(
    '%s: the run ends, failed, and leaves no process behind',
    async (_, files) => {
      const { code, said, endpoints } = await runFailing(files);
      expect(code).toBe(1);
      expect(said).toMatch(new RegExp(`0 passed, ${files} failed\n$`));
      expect(endpoints).toHaveLength(files);
      await eventually(async () => endpoints.flatMap(serving).length === 0, 8);
    },
    120_000,
  );
});
