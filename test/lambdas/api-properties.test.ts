import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { OPERATIONS } from '../../infra/cli/openapi/operations.ts';
import { apiContract } from '../support/api/contract.ts';
import { exampleOf, requestsOf } from '../support/api/requests.ts';
import { cases } from '../support/counts.ts';
import { askedOf } from './api-asking.ts';
import { type ApiWorld, apiWorld } from './api-world.ts';

const KEYS = Object.keys(OPERATIONS);
const contract = apiContract();

/** Everything that is kept. */
const kept = ({ world }: ApiWorld): unknown => [
  world.writes(),
  world.recordBytes.keys(),
  world.postedMail.keys(),
  world.sendQueue.length,
];

describe('whatever is asked of the API', () => {
  test('is ten thousand requests where everything is wanted', () => {
    expect(KEYS.length * 280).toBeGreaterThan(10_000);
  });

  test.each(KEYS)(
    '%s: it answers as it is told, never fails, and keeps nothing of what it refuses',
    async (key) => {
      await fc.assert(
        fc.asyncProperty(requestsOf(key, contract.document), async (random) => {
          const made = await apiWorld();
          const before = kept(made);
          const { status = 0, headers, body } = await askedOf(random, made);
          expect(contract.faultsOf(key, { status, headers, body })).toEqual([]);
          expect(status >= 400 ? kept(made) : before).toEqual(before);
          // A fault of SOAP is how 500 looks there, and only what is ours is one.
          expect(status).toBeLessThan(500);
        }),
        { numRuns: cases(12, 280), examples: [[exampleOf(key, contract.document)]] },
      );
    },
    300_000,
  );
});
