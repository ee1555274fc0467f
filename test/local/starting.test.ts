import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { dirname, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startLocalSystem } from '../../infra/local/local-system.ts';
import { startAll } from '../../infra/local/process/start-all.ts';
import { describeWith } from '../support/needs.ts';

const START = resolve(import.meta.dirname, '../../infra/local/start.ts');

describe('a start that fails', () => {
  test('closes what had started, also what comes up later than the failure', async () => {
    const closed: string[] = [];
    const comesUp = async (name: string, milliseconds: number) => {
      await new Promise((wake) => setTimeout(wake, milliseconds));
      return { close: async () => void closed.push(name) };
    };
    const starting = startAll({
      early: comesUp('early', 0),
      broken: Promise.reject<{ close: () => Promise<void> }>(new Error('as asked')),
      late: comesUp('late', 50),
    });
    await expect(starting).rejects.toThrow('as asked');
    expect(closed).toEqual(['early', 'late']);
  });

  test('without Java says so in one line, with the remedy', () => {
    const env = { ...process.env, PATH: dirname(process.execPath) };
    const { status, stderr } = spawnSync(process.execPath, [START], { env, encoding: 'utf8' });
    expect(status).toBe(1);
    expect(stderr.trim().split('\n')).toEqual([expect.stringMatching(/Java 17.*apt-get install/)]);
  }, 90_000);
});

describeWith(['java'], 'a port that is taken', () => {
  const server = createServer();
  beforeAll(async () => {
    await once(server.listen(0, '127.0.0.1'), 'listening');
  });
  afterAll(() => void server.close());

  test('is named, and no Java is left running', async () => {
    const { port } = server.address() as AddressInfo;
    await expect(startLocalSystem({ ports: { api: port } })).rejects.toThrow(String(port));
    const { stdout } = spawnSync('ps', ['-eo', 'ppid=,args='], { encoding: 'utf8' });
    const ours = stdout.split('\n').filter((line) => Number.parseInt(line, 10) === process.pid);
    expect(ours.filter((line) => line.includes('DynamoDBLocal'))).toEqual([]);
  }, 90_000);
});
