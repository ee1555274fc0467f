import type { MetricName, Metrics } from '../../../shared/metrics.ts';

export interface MemoryMetrics extends Metrics {
  /** Every value of one metric, in the order in which it was put. */
  readonly of: (name: MetricName) => readonly number[];
}

/** Keeps what it is given. */
export function memoryMetrics(): MemoryMetrics {
  const kept: (readonly [MetricName, number])[] = [];
  return {
    put: (name, value) => void kept.push([name, value]),
    of: (name) => kept.filter(([each]) => each === name).map(([, value]) => value),
  };
}
