import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import { describeWith } from '../support/needs.ts';
import { eventually } from './fixture.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const PRELOAD = resolve(ROOT, 'infra/local/process/die-with-parent.mjs');

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** The process and all that it started, itself or through others. */
function familyOf(pid: number): number[] {
  const { stdout } = spawnSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' });
  const pairs = stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  const family = [pid];
  for (const each of family) {
    family.push(...pairs.flatMap(([child, parent]) => (parent === each && child ? [child] : [])));
  }
  return family;
}

test('a process ends when the one that started it is killed', async () => {
  const child = 'setInterval(() => {}, 1000); console.log(process.pid)';
  const started = [`--import`, PRELOAD, '--input-type=module', '-e', child];
  const parent = spawn(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `import { spawn } from 'node:child_process';
       spawn(process.execPath, ${JSON.stringify(started)}, { stdio: 'inherit' });
       setInterval(() => {}, 1000);`,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const [said] = (await once(parent.stdout, 'data')) as [Buffer];
  const pid = Number(said.toString());
  expect(isAlive(pid)).toBe(true);
  parent.kill('SIGKILL');
  await eventually(async () => !isAlive(pid), 5);
});

describeWith(['java', 'time'], 'npm start', () => {
  test.each([
    ['npm is killed', (npm: ChildProcess) => void npm.kill('SIGKILL'), /Ctrl-C stops it/],
    // A negative number is the group of processes: what Ctrl-C in a terminal reaches.
    [
      'Ctrl-C is pressed',
      (npm: ChildProcess) => void process.kill(-(npm.pid ?? 0), 'SIGINT'),
      /\nstart: stopped\n$/,
    ],
  ])(
    'leaves no process behind when %s',
    async (_, end, lastWords) => {
      const npm = spawn('npm', ['start'], { cwd: ROOT, detached: true, stdio: 'pipe' });
      let said = '';
      npm.stdout.on('data', (bytes: Buffer) => {
        said += bytes.toString();
      });
      await eventually(async () => said.includes('Ctrl-C stops it'), 170);
      const family = familyOf(npm.pid ?? 0);
      // npm, its shell, the guard, the system, the leash of Java and Java.
      expect(family.length).toBeGreaterThanOrEqual(5);
      end(npm);
      await eventually(async () => !family.some(isAlive), 10);
      await eventually(async () => lastWords.test(said), 5);
    },
    240_000,
  );
});
