import { violationsIn } from './invariants/invariants.ts';
import { Chance } from './kernel/chance.ts';
import type { Fault } from './kernel/fault.ts';
import { OneFault } from './kernel/one-fault.ts';
import { LONGEST, START, type RunResult } from './run.ts';
import { CALM_CLIMATE, SILENT_CLIMATE } from './world/calm.ts';
import { groundFor } from './world/ground.ts';
import { live } from './world/people.ts';
import { RECIPIENTS } from './world/identities.ts';
import type { Story } from './world/story.ts';
import { World } from './world/world.ts';

/** The call of the main flow that goes wrong, counted from 0, and how. */
export interface CrashAt {
  readonly at: number;
  readonly fault: Fault;
  /** The recipient's mail service never says anything. */
  readonly isSilent?: boolean;
}

/** From the press of Share to the last report: a document comes, a window opens and closes, a copy leaves and is answered. */
const MAIN_FLOW: Story = {
  deeds: [
    {
      second: 0,
      what: 'share',
      name: 'share-1',
      addresses: [RECIPIENTS[0]],
      frequency: 'on-update',
      sendNow: false,
    },
    { second: 100, what: 'upload', filling: 1 },
    { second: 7200, what: 'look' },
  ],
};

/** The main flow, with nothing wrong but this. */
export async function crashRun(wrong: CrashAt): Promise<RunResult> {
  const { world, isQuiet } = await lived(new OneFault(wrong.at, wrong.fault), wrong.isSilent);
  return {
    seed: wrong.at,
    crashes: world.crashes,
    handedOver: world.witness.copies.length,
    violations: await violationsIn(world, isQuiet),
  };
}

/** Every call that the main flow makes when nothing goes wrong. */
export async function callsOfMainFlow(): Promise<readonly string[]> {
  const faults = new OneFault(-1, 'none');
  await lived(faults);
  return faults.calls;
}

async function lived(
  faults: OneFault,
  isSilent = false,
): Promise<{ readonly world: World; isQuiet: boolean }> {
  const world = new World({
    start: START,
    ground: await groundFor({}, { record: true, webhook: true }),
    climate: isSilent ? SILENT_CLIMATE : CALM_CLIMATE,
    chance: new Chance('the main flow'),
    faults: () => faults,
  });
  live(world, MAIN_FLOW);
  return { world, isQuiet: await world.timeline.run(LONGEST) };
}
