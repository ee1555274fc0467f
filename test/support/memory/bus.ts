import type { Bus } from '../../../shared/report/bus.ts';
import type { Report } from '../../../shared/report/report.ts';

export interface MemoryBus extends Bus {
  /** In the order in which they came. */
  readonly published: readonly Report[];
  /** From now on it takes only so many more. */
  readonly takeOnly: (reports: number) => void;
}

export function memoryBus(): MemoryBus {
  const published: Report[] = [];
  let room = Number.POSITIVE_INFINITY;
  return {
    published,
    takeOnly: (reports) => void (room = reports),
    async publish(reports) {
      const taken = reports.slice(0, room);
      room -= taken.length;
      published.push(...taken);
      if (taken.length < reports.length) throw new Error('The bus did not take all of them');
    },
  };
}
