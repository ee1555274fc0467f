/**
 * What an operator can stop at once, and nothing else with it. `sending`: nothing is handed over to a relay. `intake`:
 * nothing new is taken in. Reading, revoking, pausing, notices and reports go on.
 */
export const SWITCHES = ['sending', 'intake'] as const;

export type SwitchName = (typeof SWITCHES)[number];

/** That something is stopped, since when, and why. */
export interface Stop {
  /** ISO 8601 UTC; tells one stop from the next. */
  readonly at: string;
  /** A word of the operator's: a ticket, an incident. */
  readonly reason: string;
  /** Who stopped it, as he named himself. */
  readonly by: string;
}

/** Whether something is stopped, for whoever is about to do it. */
export interface StopReader {
  /** No older than `STOP_KEPT_SECONDS`. @returns undefined while it is not stopped */
  stopOf(name: SwitchName): Promise<Stop | undefined>;
}

/** So long a function goes by what it read last: a stop is in force everywhere after it. */
export const STOP_KEPT_SECONDS = 5;

/** The switches, for the operator. Each turn is on record with what it changes. */
export interface Switches {
  /** Strongly consistent. */
  read(name: SwitchName): Promise<Stop | undefined>;
  /** @returns the stop that is in force: an earlier one stays as it is */
  stop(name: SwitchName, stop: Stop): Promise<Stop>;
  /** @returns the stop that is over now; undefined when there was none */
  go(name: SwitchName, by: Omit<Stop, 'reason'>): Promise<Stop | undefined>;
}
