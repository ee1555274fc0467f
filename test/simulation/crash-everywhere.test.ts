import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { describeWith } from '../support/needs.ts';
import { startCrew } from './command/crew.ts';
import { callsOfMainFlow, type CrashAt } from './crash-run.ts';
import type { RunResult } from './run.ts';

const crew = startCrew();
afterAll(() => crew.close());

/** Every call of a port that the main flow makes, in their order. */
let calls: readonly string[];
beforeAll(async () => {
  calls = await callsOfMainFlow();
}, 60_000);

/** One run for each call that `which` takes: it goes wrong in this way. */
async function everyCall(
  wrong: Omit<CrashAt, 'at'>,
  which: (call: string) => boolean = () => true,
): Promise<readonly RunResult[]> {
  const jobs = calls.flatMap((call, at) =>
    which(call) ? [{ kind: 'crash', at, ...wrong } as const] : [],
  );
  const results: RunResult[] = [];
  await crew.doAll(jobs, (_, result) => results.push(result));
  expect(results).toHaveLength(jobs.length);
  return results;
}

const brokenIn = (results: readonly RunResult[]): readonly string[] =>
  results.flatMap(({ seed, violations }) =>
    violations.map(({ says }) => `call ${seed}, ${calls[seed]}: ${says}`),
  );

const countsOf = (results: readonly RunResult[]): readonly number[] =>
  [...new Set(results.map(({ handedOver }) => handedOver))].sort((one, other) => one - other);

const ofSender = (call: string): boolean => call.startsWith('send-transmission');

const diesAndGoesOn = async (fault: CrashAt['fault']): Promise<void> => {
  const results = await everyCall({ fault });
  expect(brokenIn(results)).toEqual([]);
  expect(results.every(({ crashes }) => crashes === 1)).toBe(true);
  expect(countsOf(results)).toEqual([1]);
  expect(results.length).toBeGreaterThan(200);
};

const ONCE =
  '%s: a worker dies at each call of a port, once, and the copy leaves once all the same';

describe('the main flow, from a document that comes to the last report', () => {
  test.each(['crash-after'] as const)(ONCE, diesAndGoesOn, 300_000);
});

describeWith(['time'], 'the main flow, gone wrong in every other way', () => {
  test.each(['crash-before'] as const)(ONCE, diesAndGoesOn, 300_000);

  test.each(['fails-before', 'fails-after', 'conflicts'] as const)(
    '%s: each call that can fail so does, once',
    async (fault) => {
      expect(brokenIn(await everyCall({ fault }))).toEqual([]);
    },
    300_000,
  );

  test.each(['crash-before', 'crash-after', 'fails-after'] as const)(
    '%s: a sender dies or hears nothing, and nobody says whether the copy came: then it leaves once more at most',
    async (fault) => {
      const results = await everyCall({ fault, isSilent: true }, ofSender);
      expect(brokenIn(results)).toEqual([]);
      expect(countsOf(results)).toEqual([1, 2]);
    },
    120_000,
  );
});
