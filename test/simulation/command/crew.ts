import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Job, JobDone, JobResult } from './job.ts';

/** So many at once go to one worker. */
const BATCH = 10;
const MOST_WORKERS = 8;

export interface Crew {
  /**
   * Does jobs on all processors, in no order.
   *
   * @param done hears of each run that is over
   * @throws Error when a run could not be made: that is a fault of the simulation, or of what it drives
   */
  doAll(jobs: readonly Job[], done: (job: Job, result: JobResult) => void): Promise<void>;
  close(): Promise<void>;
}

/** Workers that stay: each makes its keys once. */
export function startCrew(): Crew {
  const count = Math.min(availableParallelism(), MOST_WORKERS);
  const workers = Array.from({ length: count }, startWorker);
  return {
    async doAll(jobs, done) {
      const left = [...jobs];
      await Promise.all(workers.map((worker) => work(worker, left, done)));
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

/** What our parents were started with is none of theirs: they run the sources as they are. */
const startWorker = (): Worker =>
  new Worker(new URL('./worker.ts', import.meta.url), { execArgv: [], env: {} });

function work(
  worker: Worker,
  left: Job[],
  done: (job: Job, result: JobResult) => void,
): Promise<void> {
  const over = Promise.withResolvers<void>();
  const next = (): void => {
    const batch = left.splice(0, BATCH);
    if (batch.length === 0) over.resolve();
    else worker.postMessage(batch, []);
  };
  const hear = (all: readonly JobDone[]): void => {
    for (const { job, result, fault } of all) {
      if (result) done(job, result);
      else over.reject(new Error(`${JSON.stringify(job)}: ${fault}`));
    }
    next();
  };
  const ended = (code: number): void => over.reject(new Error(`A worker ended with ${code}`));
  worker.on('message', hear).on('error', over.reject).on('exit', ended);
  next();
  return over.promise.finally(() => {
    worker.off('message', hear).off('error', over.reject).off('exit', ended);
  });
}
