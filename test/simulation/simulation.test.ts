import { afterAll, expect, test } from '@jest/globals';
import { cases } from '../support/counts.ts';
import { startCrew } from './command/crew.ts';
import type { Job } from './command/job.ts';
import { NOTHING, withRun } from './command/tally.ts';

const crew = startCrew();
afterAll(() => crew.close());

const SEEDS = cases(250, 20_000);

test(
  'whatever dies, is lost, repeated or late: nothing is lost, nothing left twice in silence or after it was revoked, and nothing ends twice',
  async () => {
    let tally = NOTHING;
    const broken: string[] = [];
    const jobs = Array.from(
      { length: SEEDS },
      (_, at) => ({ kind: 'seed', seed: at + 1 }) as const,
    );
    await crew.doAll(jobs, (_, result) => {
      tally = withRun(tally, result);
      broken.push(...result.violations.map(({ says }) => `seed ${result.seed}: ${says}`));
    });
    expect(broken).toEqual([]);
    expect(tally.runs).toBe(SEEDS);
    // Else there was nothing to survive.
    expect(tally.crashes).toBeGreaterThan(SEEDS);
    expect(tally.handedOver).toBeGreaterThan(SEEDS);
  },
  (60 + SEEDS / 4) * 1000,
);

const traced = (seed: number): Job => ({ kind: 'seed', seed, traced: true });

test('a seed is one life: the same things happen at the same times, word for word, whoever lives it', async () => {
  const lives = new Map<number, string[]>();
  // More than one worker takes at once: keys are others in each of them.
  const seeds = Array.from({ length: 15 }, (_, at) => at + 1);
  await crew.doAll([...seeds, ...seeds].map(traced), (_, { seed, trace }) => {
    lives.set(seed, [...(lives.get(seed) ?? []), trace.join('\n')]);
  });
  for (const told of lives.values()) {
    expect(told).toHaveLength(2);
    expect(told[1]).toBe(told[0]);
  }
}, 60_000);
