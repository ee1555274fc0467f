import type { ActiveRuleSet } from '../../../shared/notification/receipt-rules/active-rule-set.ts';

export interface MemoryRuleSet extends ActiveRuleSet {
  /** Every name that was written, in order. */
  readonly written: readonly (string | undefined)[];
}

/** An account with at most one active set of receipt rules. */
export function memoryRuleSet(active?: string): MemoryRuleSet {
  const written: (string | undefined)[] = [];
  return {
    written,
    read: async () => (written.length > 0 ? written.at(-1) : active),
    write: async (name) => void written.push(name),
  };
}
