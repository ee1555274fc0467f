import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { MOST_WAIT_SECONDS, shareOf, SHARDS, takeTurn } from '../../shared/deliver/rate.ts';
import { cases } from '../support/counts.ts';
import { atSecond } from '../support/histories.ts';
import { memoryRateCounter } from '../support/memory/rate-counter.ts';
import { seeded } from '../support/memory/seeded.ts';

const START_SECONDS = atSecond(0).getTime() / 1000;
const shards = Array.from({ length: SHARDS }, (_, shard) => shard);

describe('the share of a shard in a span', () => {
  test('adds up to the rate, over shards and seconds, also of rates that are no whole number', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100_000 }).map((n) => n / 100),
        fc.nat(3600),
        fc.integer({ min: 1, max: 200 }),
        (rate, first, seconds) => {
          const window = Array.from({ length: seconds }, (_, n) => START_SECONDS + first + n);
          const shares = window.flatMap((each) =>
            shards.map((shard) => shareOf(rate, each, shard)),
          );
          const sum = shares.reduce((one, other) => one + other, 0);
          expect(Math.abs(sum - rate * seconds)).toBeLessThan(1.01);
          expect(shares.every((share) => share >= 0 && Number.isInteger(share))).toBe(true);
        },
      ),
      { numRuns: cases(200) },
    );
  });

  test('is as near to the others of its second as can be', () => {
    for (const rate of [4, 14, 100]) {
      const shares = shards.map((shard) => shareOf(rate, START_SECONDS, shard));
      expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1);
    }
  });
});

/** So many workers want a turn at once; each that gets one says when, in seconds from the start. */
async function turnsOf(workers: number, copiesPerSecond: number, startMilliseconds = 0) {
  const rate = memoryRateCounter();
  const random = seeded(1);
  const turns = Array.from({ length: workers }, async () => {
    let time = new Date(atSecond(0).getTime() + startMilliseconds);
    const wait = async (seconds: number) => {
      time = new Date(time.getTime() + seconds * 1000);
    };
    const taken = await takeTurn(copiesPerSecond, { rate, random, wait, now: () => time });
    return taken ? Math.floor(time.getTime() / 1000) - START_SECONDS : undefined;
  });
  return Promise.all(turns);
}

const perSecond = (turns: readonly (number | undefined)[]): readonly number[] =>
  Array.from(
    { length: MOST_WAIT_SECONDS + 1 },
    (_, second) => turns.filter((each) => each === second).length,
  );

describe('workers who want to ask the relay', () => {
  test('do so at once when it may take that many', async () => {
    expect(await turnsOf(14, 14)).toEqual(Array.from({ length: 14 }, () => 0));
  });

  test('wait for one of the next seconds, in each as many as it may take', async () => {
    expect(perSecond(await turnsOf(40, 14))).toEqual([14, 14, 12, 0, 0, 0]);
  });

  test('have no turn when there is none so soon', async () => {
    const turns = await turnsOf(100, 14);
    expect(perSecond(turns)).toEqual([14, 14, 14, 14, 14, 14]);
    expect(turns.filter((each) => each === undefined)).toHaveLength(100 - 6 * 14);
  });

  test('wait for the second to begin, and not a whole one', async () => {
    expect(perSecond(await turnsOf(3, 2, 900))).toEqual([2, 1, 0, 0, 0, 0]);
  });

  test.each([0, 4, 9.5])(
    'of a relay that takes one in ten seconds: one of them, whenever they come (%d s)',
    async (at) => {
      const turns = await turnsOf(5, 0.1, at * 1000);
      const near = at > 10 - MOST_WAIT_SECONDS;
      expect(turns.filter((each) => each !== undefined)).toHaveLength(near ? 2 : 1);
    },
  );

  test('pass when nobody can count', async () => {
    const waits: number[] = [];
    const ports = {
      rate: { count: async () => true },
      now: () => atSecond(0),
      wait: async (seconds: number) => void waits.push(seconds),
      random: () => 0.99,
    };
    expect(await takeTurn(1, ports)).toBe(true);
    expect(waits).toEqual([]);
  });
});
