import type { Chance } from './chance.ts';
import type { Fault, Faults, Waits } from './fault.ts';

export interface Weather {
  /** How often, from 0 to 1, something befalls a call. */
  readonly faultRate: number;
  /** So often in all: after them everything goes well. */
  readonly mostFaults: number;
  /** How often a worker stands still, for up to five minutes: longer than any function may take. */
  readonly stallRate: number;
  /** The longest that a call takes as a rule, in milliseconds. */
  readonly slowestMs: number;
  /** When the storm is over. */
  readonly until: Date;
}

const CALM: Waits = { stall: 0, effect: 2, answer: 2 };
const LONGEST_STALL_MS = 300_000;
/** Nothing takes longer on its way than a connection waits. */
const LONGEST_CALL_MS = 4000;

/** Trouble by chance, until it has been enough. */
export class SeededFaults implements Faults {
  readonly #chance: Chance;
  readonly #weather: Weather;
  readonly #now: () => Date;
  #left: number;

  constructor(chance: Chance, weather: Weather, now: () => Date) {
    this.#chance = chance;
    this.#weather = weather;
    this.#now = now;
    this.#left = weather.mostFaults;
  }

  next(_call: string, possible: readonly Fault[]): Fault {
    if (possible.length === 0 || this.#left === 0 || !this.#isStormy()) return 'none';
    if (!this.#chance.happens(this.#weather.faultRate)) return 'none';
    this.#left -= 1;
    return this.#chance.pick(possible);
  }

  waits(): Waits {
    if (!this.#isStormy()) return CALM;
    const { stallRate, slowestMs } = this.#weather;
    const stalls = this.#chance.happens(stallRate);
    return {
      stall: stalls ? Math.round(this.#chance.between(1, LONGEST_STALL_MS)) : 0,
      effect: this.#duration(slowestMs),
      answer: this.#duration(slowestMs),
    };
  }

  #duration(slowestMs: number): number {
    return Math.min(LONGEST_CALL_MS, 1 + Math.round(this.#chance.fraction() ** 2 * slowestMs));
  }

  #isStormy(): boolean {
    return this.#now() < this.#weather.until;
  }
}
