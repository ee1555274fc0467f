import type { Doorbell } from '../../../shared/trigger/doorbell.ts';

export interface MemoryDoorbell extends Doorbell {
  /** From now on nobody hears it. */
  readonly cutOff: () => void;
}

/** @param queue where the ids go, in the order in which they were rung */
export function memoryDoorbell(queue: string[]): MemoryDoorbell {
  let isCutOff = false;
  return {
    async ring(id) {
      if (isCutOff) throw new Error('Nobody hears this bell');
      queue.push(id);
    },
    cutOff: () => {
      isCutOff = true;
    },
  };
}
