import type { RawTable, Table } from '../table.ts';
import { TableBusy } from './refusals.ts';

export interface Patience {
  /** 0 to 1, as Math.random. */
  readonly random: () => number;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
}

/** Waits of at most 25, 50, 100, 200, 400 and then 500 ms: nine of them take 2.8 s at most, 1.4 s as a rule. */
const TRIES = 10;
const FIRST_MS = 25;
const LONGEST_MS = 500;

/**
 * Gives a table patience: what it refused for the moment is asked again, a bounded number of times, each after a wait
 * that is random from nothing to twice the last (full jitter), so that those who collided do not collide again.
 * A failed condition is an answer and passes through.
 */
export function retrying(raw: RawTable, { random, sleep }: Patience): Table {
  const pause = async (tries: number): Promise<void> => {
    await sleep(random() * Math.min(LONGEST_MS, FIRST_MS * 2 ** tries));
  };

  const patiently = async <T>(ask: () => Promise<T>): Promise<T> => {
    for (let tries = 0; ; tries += 1) {
      try {
        return await ask();
      } catch (error) {
        if (!(error instanceof TableBusy) || tries + 1 === TRIES) throw error;
      }
      await pause(tries);
    }
  };

  return {
    get: (key) => patiently(() => raw.get(key)),
    query: (query) => patiently(() => raw.query(query)),
    write: (writes) => patiently(() => raw.write(writes)),
    pause,
  };
}
