import type { Fault, Faults } from './fault.ts';

/** One fault at one call, by its number; everything else goes well. */
export class OneFault implements Faults {
  readonly #at: number;
  readonly #fault: Fault;
  readonly calls: string[] = [];

  /** @param at from 0; none when there are not so many calls */
  constructor(at: number, fault: Fault) {
    this.#at = at;
    this.#fault = fault;
  }

  next(call: string, possible: readonly Fault[]): Fault {
    this.calls.push(call);
    const isNow = this.calls.length - 1 === this.#at;
    return isNow && possible.includes(this.#fault) ? this.#fault : 'none';
  }

  waits = () => ({ stall: 0, effect: 5, answer: 5 });
}
