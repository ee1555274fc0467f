import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { OPERATIONS } from '../../infra/cli/openapi/operations.ts';
import { ROUTES } from '../../lambdas/routes.ts';
import { apiContract } from '../support/api/contract.ts';
import { type Random, requestsOf } from '../support/api/requests.ts';
import { cases } from '../support/counts.ts';
import { type ApiWorld, apiWorld } from './api-world.ts';
import { ADMIN, ANA, type Answered, type Asking, BEN, PROVIDER, SYSTEM } from './http-world.ts';

const KEYS = Object.keys(OPERATIONS);
const contract = apiContract();

const WHO = { patient: ANA, representative: ANA, provider: PROVIDER, system: SYSTEM, admin: ADMIN };

function askerOf({ key, by }: Random): Asking['as'] {
  const route = ROUTES.find(({ method, path }) => `${method} ${path}` === key);
  const kinds = (route?.kinds ?? []) as readonly string[];
  const kind = kinds[0] === undefined || kinds[0] === 'any' ? undefined : kinds[0];
  if (kind === undefined || by === 'nobody') return undefined;
  const right = WHO[kind as keyof typeof WHO];
  if (by === 'scopeless') return { ...right, scopes: [] };
  return by === 'other' ? (kinds.includes('system') ? BEN : SYSTEM) : right;
}

async function asked(random: Random, { world, names }: ApiWorld): Promise<Answered> {
  const { key, params, query, headers, bytes } = random;
  const path = key.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(params[name] ?? names[name] ?? 'unknown'),
  );
  const parts = new URLSearchParams(Object.entries(query)).toString();
  const as = askerOf(random);
  return world.ask(parts === '' ? path : `${path}?${parts}`, {
    ...(as && { as }),
    headers,
    ...(bytes && { bytes }),
  });
}

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
          const { status = 0, headers, body } = await asked(random, made);
          expect(contract.faultsOf(key, { status, headers, body })).toEqual([]);
          if (status >= 400) expect(kept(made)).toEqual(before);
          // A fault of SOAP is how 500 looks there, and only what is ours is one.
          expect(status).toBeLessThan(500);
        }),
        { numRuns: cases(12, 280) },
      );
    },
    300_000,
  );
});
