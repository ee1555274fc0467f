import { Chance } from './kernel/chance.ts';
import { SeededFaults } from './kernel/seeded-faults.ts';
import { violationsIn } from './invariants/invariants.ts';
import type { Violation } from './invariants/violation.ts';
import { groundFor } from './world/ground.ts';
import { live } from './world/people.ts';
import { scenarioBy } from './world/scenario.ts';
import type { Sabotage } from './world/sabotage.ts';
import { World } from './world/world.ts';

export interface RunResult {
  readonly seed: number;
  readonly crashes: number;
  readonly handedOver: number;
  readonly violations: readonly Violation[];
}

export const START = new Date('2026-11-22T12:00:00.000Z');

/** Longer than all deadlines that there are, one after the other. */
export const LONGEST = { until: new Date(START.getTime() + 12 * 86_400_000), mostEvents: 400_000 };

export interface RunOptions {
  readonly sabotage?: Sabotage | undefined;
  readonly trace?: ((line: string) => void) | undefined;
  /** Gets the world when all is over. */
  readonly inspect?: ((world: World) => void) | undefined;
}

/** One life of the whole system under one seed: the same seed is the same life. */
export async function run(seed: number, options: RunOptions = {}): Promise<RunResult> {
  const chance = new Chance(`seed ${seed}`);
  const { weather, climate, differing, hasRecord, hasWebhook, story } = scenarioBy(
    chance.apart('scenario'),
    START,
  );
  const world = new World({
    start: START,
    ground: await groundFor(differing, { record: hasRecord, webhook: hasWebhook }),
    climate,
    chance: chance.apart('world'),
    faults: ({ now }) => new SeededFaults(chance.apart('faults'), weather, now),
    ...options,
  });
  live(world, story);
  const isQuiet = await world.timeline.run(LONGEST);
  options.inspect?.(world);
  return {
    seed,
    crashes: world.crashes,
    handedOver: world.witness.copies.length,
    violations: await violationsIn(world, isQuiet),
  };
}
