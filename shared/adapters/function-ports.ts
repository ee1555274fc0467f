import type { Now } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import { functionLog } from './function-log.ts';
import { functionMetrics } from './function-metrics.ts';

const now = (): Date => new Date();

/** What every function is given that counts something: its log, its metrics and the clock. */
export function functionPorts(
  functionName: string,
  { stage }: { readonly stage: string },
): { readonly log: Log; readonly metrics: Metrics; readonly now: Now } {
  return { log: functionLog(functionName), metrics: functionMetrics({ stage }), now };
}
