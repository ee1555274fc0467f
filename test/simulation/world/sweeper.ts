import { isDue } from '../../../shared/adapters/dynamo/keys.ts';
import type { RawMemoryTable } from '../../support/memory/table.ts';
import type { Chance } from '../kernel/chance.ts';
import type { Kernel } from '../kernel/environment.ts';
import type { Pool } from '../kernel/pool.ts';

const MINUTE_MS = 60_000;

export interface SweeperRules {
  /** How often the clock does not ring, or rings twice. */
  readonly losses: number;
  readonly repeats: number;
}

/** Calls the sweep each minute. Minutes in which nothing is due are passed over: it would find nothing. */
export class Sweeper {
  readonly #pool: Pool<object, void>;
  readonly #table: RawMemoryTable;
  readonly #kernel: Kernel;
  readonly #chance: Chance;
  readonly #rules: SweeperRules;
  #next = Infinity;

  constructor(
    pool: Pool<object, void>,
    table: RawMemoryTable,
    kernel: Kernel,
    chance: Chance,
    rules: SweeperRules,
  ) {
    this.#pool = pool;
    this.#table = table;
    this.#kernel = kernel;
    this.#chance = chance;
    this.#rules = rules;
    table.onCommit((_, after) => {
      if (after && isDue(after)) this.#plan(String(after['dueAt']));
    });
  }

  /** What lies in the table already is looked at, too. */
  start(): void {
    this.#plan(this.#table.firstDueAt());
  }

  #plan(dueAt: string | undefined): void {
    if (dueAt === undefined) return;
    const { timeline } = this.#kernel;
    const now = timeline.now().getTime();
    const minute = MINUTE_MS * (Math.floor(Math.max(now, Date.parse(dueAt)) / MINUTE_MS) + 1);
    if (minute >= this.#next) return;
    this.#next = minute;
    timeline.at(new Date(minute), () => {
      if (this.#next !== minute) return;
      this.#next = Infinity;
      this.#ring();
    });
  }

  #ring(): void {
    const { losses, repeats } = this.#rules;
    if (this.#chance.happens(losses)) return this.start();
    if (this.#chance.happens(repeats)) void this.#sweep();
    void this.#sweep();
  }

  async #sweep(): Promise<void> {
    await this.#pool.invoke({});
    this.start();
  }
}
