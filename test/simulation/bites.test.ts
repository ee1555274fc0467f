import { afterAll, expect, test } from '@jest/globals';
import { describeWith } from '../support/needs.ts';
import { startCrew } from './command/crew.ts';
import type { Promised } from './invariants/violation.ts';
import type { SABOTAGES } from './world/sabotage.ts';

const crew = startCrew();
afterAll(() => crew.close());

const CAUGHT_AS: Readonly<Record<keyof typeof SABOTAGES, readonly Promised[]>> = {
  'the claim: every worker believes that it holds what it works on': ['silentDuplicates'],
  'the intent: it is stated after the hand-over': ['silentDuplicates'],
  'the revocation: nobody looks whether request and address are active': ['afterRevocation'],
  'the asking: what was stopped goes on when its address is asked for again': ['afterRevocation'],
  'the trigger of a change: it is added when the change is kept, if anybody lives that long': [
    'lost',
  ],
  'the patient: nobody pauses for a merge or a death, or looks for either when a copy is sent': [
    'afterRevocation',
  ],
  'the authority: nobody knows when it ends': ['afterRevocation'],
  'the uniqueness of facts: whoever comes last overwrites what is there': ['doubleEnds'],
  'the sweep: it is never called': ['lost'],
  'joining once: a trigger never counts as one that has joined': ['silentDuplicates', 'lost'],
};

/** Fewer than the simulation makes without any of this, and without finding anything. */
const MOST_SEEDS = 240;
const AT_ONCE = 30;

const noticed = async (name: string, promises: readonly Promised[]): Promise<void> => {
  const without = name as keyof typeof SABOTAGES;
  const broken = new Set<Promised>();
  const isCaught = (): boolean => promises.some((promise) => broken.has(promise));
  for (let seed = 1; seed <= MOST_SEEDS && !isCaught(); seed += AT_ONCE) {
    const seeds = Array.from({ length: AT_ONCE }, (_, at) => seed + at);
    await crew.doAll(
      seeds.map((each) => ({ kind: 'seed', seed: each, without }) as const),
      (_, { violations }) => {
        for (const violation of violations) broken.add(violation.broken);
      },
    );
  }
  expect([...broken]).toEqual(expect.arrayContaining([expect.anything()]));
  expect(isCaught()).toBe(true);
};

const [first, ...others] = Object.entries(CAUGHT_AS).map(
  ([name, promises]) => [name, promises] as const,
);
if (!first) throw new Error('There is nothing to leave out');

test(`without ${first[0]}: it is noticed`, () => noticed(...first), 180_000);

describeWith(['time'], 'in the simulation', () => {
  test.each(others)('without %s: it is noticed', noticed, 180_000);
});
