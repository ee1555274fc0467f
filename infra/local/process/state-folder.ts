import { globSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Everything the local system writes is below this folder, which git does not see. */
export const STATE = join(import.meta.dirname, '../../../.local');

let runs = 0;

/** A folder for one run, named by the process; what processes left behind that are gone is removed. */
export function runFolder(): string {
  const all = join(STATE, 'runs');
  mkdirSync(all, { recursive: true });
  for (const name of globSync('*', { cwd: all })) {
    if (!isAlive(Number.parseInt(name, 10)))
      rmSync(join(all, name), { recursive: true, force: true });
  }
  const folder = join(all, `${process.pid}-${(runs += 1)}`);
  mkdirSync(folder, { recursive: true });
  return folder;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
