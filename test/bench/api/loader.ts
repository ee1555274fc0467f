import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { LoadCall, LoadOrder, LoadResult, Pressure } from './protocol.ts';

/** What asks, in a process of its own. */
export interface Loader {
  press(pressure: Pressure, seconds: number): Promise<LoadResult>;
  close(): void;
}

export function startLoader(calls: readonly LoadCall[]): Loader {
  const child = fork(join(import.meta.dirname, 'load.ts'), { stdio: 'inherit' });
  return {
    async press(pressure, seconds) {
      const answered = once(child, 'message') as Promise<[LoadResult]>;
      const gone = once(child, 'exit').then(() => Promise.reject(new Error('The load has ended')));
      child.send({ calls, pressure, seconds } satisfies LoadOrder);
      const [result] = await Promise.race([answered, gone]);
      return result;
    },
    close: () => void child.kill(),
  };
}
