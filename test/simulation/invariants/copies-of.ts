import type { SeenCopy, SeenFact, Witness } from '../world/witness.ts';

/** What left for a transmission: known by its bytes, whose hash its intents name. */
export function copiesOf({ facts, copies }: Witness): ReadonlyMap<string, readonly SeenCopy[]> {
  const owners = new Map<string, string>();
  for (const { id, fact } of facts) {
    if (fact.kind === 'intent') owners.set(fact.messageSha256, id);
  }
  return Map.groupBy(copies, ({ sha256 }) => owners.get(sha256) ?? UNANNOUNCED);
}

/** Under which copies stand that no intent names. */
export const UNANNOUNCED = 'unannounced';

export const factsById = ({ facts }: Witness): ReadonlyMap<string, readonly SeenFact[]> =>
  Map.groupBy(facts, ({ id }) => id);
