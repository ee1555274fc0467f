import { setImmediate as turn } from 'node:timers/promises';

/** In milliseconds since 1970. */
type Moment = number;

interface Planned {
  readonly at: Moment;
  /** Of two at the same moment, the one that was planned first comes first. */
  readonly order: number;
  readonly act: () => void;
}

export interface Limits {
  /** What is planned for later is left alone. */
  readonly until: Date;
  readonly mostEvents: number;
}

/** In real time, on a machine that has too much to do. */
const LONGEST_THOUGHT_MS = 60_000;

/** What happens, in the order of a clock that moves only when something does. One thing happens at a time. */
export class Timeline {
  /** Who is at work at this moment, and waits for nothing that is planned. */
  readonly thinking = new Set<{ readonly name: string }>();
  readonly #heap: Planned[] = [];
  #now: Moment;
  #order = 0;

  constructor(start: Date) {
    this.#now = start.getTime();
  }

  now = (): Date => new Date(this.#now);

  /** Counts on: no two things that are observed have the same number. */
  count(): number {
    this.#order += 1;
    return this.#order;
  }

  after(milliseconds: number, act: () => void): void {
    this.#add({ at: this.#now + Math.max(0, Math.round(milliseconds)), order: this.count(), act });
  }

  at(time: Date, act: () => void): void {
    this.after(time.getTime() - this.#now, act);
  }

  sleep = (milliseconds: number): Promise<void> =>
    new Promise((resolve) => this.after(milliseconds, resolve));

  /** Time stands still until this is done, too. */
  async thinkingOf<T>(name: string, work: () => Promise<T>): Promise<T> {
    const thinker = { name };
    this.thinking.add(thinker);
    try {
      return await work();
    } finally {
      this.thinking.delete(thinker);
    }
  }

  /**
   * Lets things happen until nothing is planned any more. After each, whoever was woken runs until he asks for something
   * again: as a rule all of that is microtasks, and one turn of the event loop lets them all run.
   *
   * @returns whether everything that was planned until then has happened
   */
  async run({ until, mostEvents }: Limits): Promise<boolean> {
    for (let events = 0; events < mostEvents; events += 1) {
      const next = this.#take();
      if (!next) return true;
      if (next.at > until.getTime()) return true;
      this.#now = next.at;
      next.act();
      await turn();
      if (this.thinking.size > 0) await this.#thought();
    }
    return false;
  }

  async #thought(): Promise<void> {
    const givenUp = performance.now() + LONGEST_THOUGHT_MS;
    while (this.thinking.size > 0) {
      await turn();
      if (performance.now() < givenUp) continue;
      const names = [...this.thinking].map(({ name }) => name);
      throw new Error(`${names.join(', ')}: waits for something that is not simulated`);
    }
  }

  #add(planned: Planned): void {
    const heap = this.#heap;
    let at = heap.push(planned) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isBefore(planned, heap[parent]!)) break;
      heap[at] = heap[parent]!;
      at = parent;
    }
    heap[at] = planned;
  }

  #take(): Planned | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (!first || !last || heap.length === 0) return first;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child += 1;
      if (!isBefore(heap[child]!, last)) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = last;
    return first;
  }
}

const isBefore = (one: Planned, other: Planned): boolean =>
  one.at === other.at ? one.order < other.order : one.at < other.at;
