import { CLOSED, type CircuitState, type CircuitStore } from '../../../shared/deliver/circuit.ts';

export interface MemoryCircuitStore extends CircuitStore {
  /** Everything is lost, as it may be at any moment. */
  readonly forget: () => void;
}

/** How the relay fares, in memory. */
export function memoryCircuitStore(): MemoryCircuitStore {
  let kept: CircuitState = CLOSED;
  return {
    read: async () => kept,
    async replace(after) {
      if (kept.version !== 0 && kept.version !== after.version - 1) return false;
      kept = { ...after };
      return true;
    },
    forget: () => {
      kept = CLOSED;
    },
  };
}
