/** One thing that a strict receiver insists on. A message that breaks it is taken, and never answered. */
export interface Rule<Seen> {
  /** Does not change: programs tell refusals apart by it. */
  readonly id: string;
  /** Who insists. */
  readonly source: string;
  /** @returns one line for people when what is seen breaks the rule */
  readonly minds: (seen: Seen) => string | undefined;
}

/** Why a message stays without an answer. */
export interface Refusal {
  /** Of the rule; else a failure code. */
  readonly id: string;
  readonly reason: string;
}

export const refusalsBy = <Seen>(rules: readonly Rule<Seen>[], seen: Seen): readonly Refusal[] =>
  rules.flatMap(({ id, minds }) => {
    const reason = minds(seen);
    return reason === undefined ? [] : [{ id, reason }];
  });
