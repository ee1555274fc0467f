import { TableBusy } from '../../../shared/adapters/dynamo/table/refusals.ts';
import { ConnectionLost, type Fault, type Faults } from './fault.ts';
import type { Timeline } from './timeline.ts';

export interface Kernel {
  readonly timeline: Timeline;
  readonly faults: Faults;
  /** A worker died in the middle of its work. */
  readonly crashed: (name: string, why: string) => void;
  readonly trace: (who: string, what: string) => void;
}

/** How an invocation ended: with an answer, with what it threw, or not at all. */
export type Ended<T> =
  | { readonly kind: 'answered'; readonly value: T }
  | { readonly kind: 'threw'; readonly error: unknown }
  | { readonly kind: 'died' };

export interface CallRules {
  readonly possible: readonly Fault[];
  /** What the caller gets of a call that fails; it is thrown unless a value is made of it. */
  readonly failed?: () => unknown;
}

/**
 * One execution environment of a function: it works on one event at a time, and when it dies, nothing of it ever goes on.
 * Whatever it asks of the world goes through `call`, where the world decides when it is heard, whether, and whether the
 * environment lives to see it.
 */
export class Environment {
  readonly name: string;
  readonly #kernel: Kernel;
  #alive = true;
  #invocation = 0;
  #asking = 0;
  #end: ((ended: Ended<never>) => void) | undefined;

  constructor(name: string, kernel: Kernel) {
    this.name = name;
    this.#kernel = kernel;
  }

  get alive(): boolean {
    return this.#alive;
  }

  /** Never rejects. An event that takes longer than the function may is the end of the environment. */
  invoke<T>(work: () => Promise<T>, timeoutSeconds: number): Promise<Ended<T>> {
    this.#invocation += 1;
    const mine = this.#invocation;
    return new Promise((resolve) => {
      const end = (ended: Ended<T>): void => {
        if (!this.#alive || mine !== this.#invocation || !this.#end) return;
        this.#end = undefined;
        this.#isThinking();
        resolve(ended);
      };
      this.#end = resolve;
      this.#isThinking();
      this.#kernel.timeline.after(timeoutSeconds * 1000, () => {
        if (this.#alive && mine === this.#invocation && this.#end) this.die('timed out');
      });
      work().then(
        (value) => end({ kind: 'answered', value }),
        (error: unknown) => end({ kind: 'threw', error }),
      );
    });
  }

  die(why: string): void {
    if (!this.#alive) return;
    this.#alive = false;
    this.#kernel.crashed(this.name, why);
    this.#end?.({ kind: 'died' });
    this.#end = undefined;
    this.#isThinking();
  }

  /** Whether it is at work and waits for nobody: then time stands still. */
  #isThinking(): void {
    const { thinking } = this.#kernel.timeline;
    if (this.#end && this.#asking === 0) thinking.add(this);
    else thinking.delete(this);
  }

  /** Waits as its work wants to, not as the world does. */
  pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      this.#asking += 1;
      this.#isThinking();
      this.#kernel.timeline.after(milliseconds, () => {
        if (!this.#alive) return;
        this.#asking -= 1;
        this.#isThinking();
        resolve();
      });
    });
  }

  /** What a dead one asks for is never answered; what it had asked for before may still come to pass. */
  call<T>(what: string, effect: () => Promise<T>, rules: CallRules): Promise<T> {
    return new Promise((resolve, reject) => {
      if (!this.#alive) return;
      const { timeline, faults, trace } = this.#kernel;
      const called = `${this.name} ${what}`;
      const fault = faults.next(called, rules.possible);
      const waits = faults.waits(called);
      trace(this.name, fault === 'none' ? what : `${what} !${fault}`);
      this.#asking += 1;
      this.#isThinking();
      const answer = (settle: () => void): void =>
        timeline.after(waits.answer, () => {
          if (!this.#alive) return;
          this.#asking -= 1;
          this.#isThinking();
          settle();
        });
      const happened = (settle: () => void): void => {
        if (fault === 'crash-after') this.die(what);
        else answer(fault === 'fails-after' ? () => failing(rules, resolve, reject) : settle);
      };
      const reach = (): void => {
        if (fault === 'crash-before') return this.die(what);
        if (fault === 'conflicts') return answer(() => reject(new TableBusy()));
        if (fault === 'fails-before') return answer(() => failing(rules, resolve, reject));
        void effect().then(
          (value) => happened(() => resolve(value)),
          (error: unknown) => answer(() => reject(error)),
        );
      };
      if (waits.stall === 0) return timeline.after(waits.effect, reach);
      timeline.after(waits.stall, () => {
        if (this.#alive) timeline.after(waits.effect, reach);
      });
    });
  }
}

function failing(
  { failed }: CallRules,
  resolve: (value: never) => void,
  reject: (error: Error) => void,
): void {
  if (failed) resolve(failed() as never);
  else reject(new ConnectionLost());
}
