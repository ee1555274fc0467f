import { afterAll, describe, expect, test } from '@jest/globals';
import { startCrew } from './command/crew.ts';
import type { Job } from './command/job.ts';
import { callsOfMainFlow } from './crash-run.ts';
import type { RunResult } from './run.ts';

const crew = startCrew();
afterAll(() => crew.close());

/** Every call of a port that the main flow makes, gone wrong in this way, one run for each. */
async function everyCall(fault: (Job & { readonly kind: 'crash' })['fault']) {
  const calls = await callsOfMainFlow();
  const jobs = calls.map((_, at) => ({ kind: 'crash', at, fault }) as const);
  const results: RunResult[] = [];
  await crew.doAll(jobs, (_, result) => results.push(result));
  return { calls, results };
}

const brokenIn = (calls: readonly string[], results: readonly RunResult[]): readonly string[] =>
  results.flatMap(({ seed, violations }) =>
    violations.map(({ says }) => `call ${seed}, ${calls[seed]}: ${says}`),
  );

describe('the main flow, with a worker that dies at one call of a port', () => {
  test.each(['crash-before', 'crash-after'] as const)(
    '%s: every call once',
    async (fault) => {
      const { calls, results } = await everyCall(fault);
      expect(brokenIn(calls, results)).toEqual([]);
      expect(results).toHaveLength(calls.length);
      expect(calls.length).toBeGreaterThan(100);
      expect(results.filter(({ crashes }) => crashes === 1)).toHaveLength(calls.length);
      // Whatever died, the copy left; again only when nobody could know that it had.
      const handedOver = results.map((result) => result.handedOver);
      expect(new Set(handedOver)).toEqual(new Set([1]));
    },
    300_000,
  );

  test.each(['fails-before', 'fails-after'] as const)(
    '%s: every call that can fail',
    async (fault) => {
      const { calls, results } = await everyCall(fault);
      expect(brokenIn(calls, results)).toEqual([]);
    },
    300_000,
  );
});
