import { crashRun, type CrashAt } from '../crash-run.ts';
import { run, type RunResult } from '../run.ts';
import { SABOTAGES } from '../world/sabotage.ts';

/** One run: a life under a seed, or the main flow with one fault at one call. */
export type Job =
  | {
      readonly kind: 'seed';
      readonly seed: number;
      /** Without this safeguard. */
      readonly without?: keyof typeof SABOTAGES;
      readonly traced?: boolean;
    }
  | ({ readonly kind: 'crash' } & CrashAt);

export interface JobDone {
  readonly job: Job;
  readonly result?: JobResult;
  /** Why there is no result. */
  readonly fault?: string;
}

export interface JobResult extends RunResult {
  /** Of what was to be traced: line by line. */
  readonly trace: readonly string[];
}

export async function perform(job: Job): Promise<JobResult> {
  const trace: string[] = [];
  if (job.kind === 'crash') return { ...(await crashRun(job)), trace };
  const sabotage = job.without && SABOTAGES[job.without];
  const result = await run(job.seed, {
    sabotage,
    ...(job.traced ? { trace: (line: string) => trace.push(line) } : {}),
  });
  return { ...result, trace };
}
