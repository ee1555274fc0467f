import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import { eventually } from './fixture.ts';

const PRELOAD = resolve(import.meta.dirname, '../../infra/local/die-with-parent.mjs');

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

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
