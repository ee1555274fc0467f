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
      const gone = new AbortController();
      const end = (): void => gone.abort(new Error('The load has ended'));
      child.once('exit', end);
      const answered = once(child, 'message', { signal: gone.signal }) as Promise<[LoadResult]>;
      child.send({ calls, pressure, seconds } satisfies LoadOrder);
      const [result] = await answered.finally(() => child.off('exit', end));
      return result;
    },
    close: () => void child.kill(),
  };
}
