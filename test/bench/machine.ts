import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';

/** Where and when figures were taken. */
export interface Machine {
  readonly date: string;
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly node: string;
  /** That Node brings with it. */
  readonly openssl: string;
  /** Averages of the last minute, from the begin of the bench to its end. */
  readonly load: readonly number[];
}

export const thisMachine = (): Machine => ({
  date: new Date().toISOString().slice(0, 10),
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: availableParallelism(),
  memoryGb: Math.round(totalmem() / 2 ** 30),
  node: process.version,
  openssl: process.versions.openssl,
  load: [loadNow()],
});

/** One-minute load average: how many processes wanted a core. */
export const loadNow = (): number => Number((loadavg()[0] ?? 0).toFixed(2));
