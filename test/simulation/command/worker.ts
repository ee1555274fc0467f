import { parentPort } from 'node:worker_threads';
import { stopRealTime } from '../kernel/real-time.ts';
import { perform, type Job, type JobDone } from './job.ts';

stopRealTime();

const port = parentPort;
if (!port) throw new Error('worker.ts runs in a worker thread');

async function done(job: Job): Promise<JobDone> {
  try {
    return { job, result: await perform(job) };
  } catch (error) {
    return { job, fault: error instanceof Error ? String(error.stack) : String(error) };
  }
}

port.on('message', (jobs: readonly Job[]) => {
  void (async () => {
    const all: JobDone[] = [];
    for (const job of jobs) all.push(await done(job));
    port.postMessage(all, []);
  })();
});
