import type { Doorbell } from '../../../shared/trigger/doorbell.ts';

export interface MemoryDoorbell extends Doorbell {
  /** Of each ring, in the order in which they were rung. */
  readonly delays: readonly number[];
  /** From now on nobody hears it. */
  readonly cutOff: () => void;
}

/**
 * No time passes in it: what shall be heard later is heard at once.
 *
 * @param queue where the ids go, in the order in which they were rung
 */
export function memoryDoorbell(queue: string[]): MemoryDoorbell {
  let isCutOff = false;
  const delays: number[] = [];
  return {
    delays,
    async ring(id, afterSeconds = 0) {
      if (isCutOff) throw new Error('Nobody hears this bell');
      delays.push(afterSeconds);
      queue.push(id);
    },
    cutOff: () => {
      isCutOff = true;
    },
  };
}

/** A bell for everything that can be due, each with the queue where its ids go. */
export function memoryBells() {
  const queues = {
    trigger: [] as string[],
    transmission: [] as string[],
    delivery: [] as string[],
    answer: [] as string[],
  };
  const bells = {
    trigger: memoryDoorbell(queues.trigger),
    transmission: memoryDoorbell(queues.transmission),
    delivery: memoryDoorbell(queues.delivery),
    answer: memoryDoorbell(queues.answer),
  };
  return { queues, bells };
}
