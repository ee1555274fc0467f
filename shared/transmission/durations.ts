import type { Fact } from './facts.ts';
import { progressOf } from './progress.ts';

/** How long a copy waited until the relay had it; undefined as long as it has not. */
export function handOverSeconds(facts: readonly Fact[]): number | undefined {
  const { handedOverAt, beganAnewAt } = progressOf(facts);
  const requested = facts.find(({ kind }) => kind === 'requested');
  const since = beganAnewAt?.toISOString() ?? requested?.at;
  return secondsBetween(since, handedOverAt);
}

/** How long the recipient's mail service took to say that it has it; undefined as long as it did not. */
export function processedSeconds(facts: readonly Fact[]): number | undefined {
  const { handedOverAt, processed } = progressOf(facts);
  return secondsBetween(handedOverAt?.toISOString(), processed && new Date(processed.at));
}

/** A clock may be put back between the two. */
const secondsBetween = (from: string | undefined, to: Date | undefined): number | undefined =>
  from === undefined || to === undefined
    ? undefined
    : Math.max(0, (to.getTime() - Date.parse(from)) / 1000);
