import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ROUTES } from '../../lambdas/routes.ts';
import { isPublic, type Route, routeKeyOf } from '../../shared/edge/identity/access.ts';
import { KINDS, type Kind } from '../../shared/kinds.ts';
import { type Answered, type HttpWorld, httpWorld } from '../lambdas/http-world.ts';
import { absentLike, pathWith, somethingOfAll } from './existing.ts';
import { FAULTS, isBound, type Told, toldBy } from './faults.ts';
import { frontOf, toldIn } from './front.ts';
import { type KnownIssuers, knownIssuers } from './known-issuers.ts';

let issuers: KnownIssuers;
let world: HttpWorld;
let front: ReturnType<typeof frontOf>;
let there: Readonly<Record<string, string>>;
let absent: Readonly<Record<string, string>>;
const headers = new Map<string, string | undefined>();

beforeAll(async () => {
  issuers = await knownIssuers();
  const perMinute = Object.fromEntries(KINDS.map((kind) => [kind, 100_000]));
  world = await httpWorld({ api: { requestsPerMinute: perMinute, routes: {} } });
  front = frontOf(world, issuers);
  there = await somethingOfAll(world);
  absent = Object.fromEntries(
    Object.entries(there).map(([name, value]) => [name, absentLike(value)]),
  );
  for (const kind of KINDS) {
    for (const [name, { shows }] of Object.entries(FAULTS)) {
      headers.set(`${kind} ${name}`, await shows?.(issuers, kind));
    }
  }
});
afterAll(() => issuers.close());

const ROWS = ROUTES.map((route): [string, Route] => [routeKeyOf(route), route]);

interface Asked {
  readonly fault: string;
  readonly expected: Told;
  readonly answered: Answered;
  readonly wrote: boolean;
}

/** Asks with every fault, of what this path is about. */
async function askedWithAll(route: Route, kind: Kind, path: string): Promise<readonly Asked[]> {
  const all: Asked[] = [];
  for (const [fault, wrong] of Object.entries(FAULTS)) {
    const before = world.writes();
    const answered = await front.ask(route, path, headers.get(`${kind} ${fault}`));
    const expected = toldBy(route, kind, wrong);
    all.push({ fault, expected, answered, wrote: world.writes() !== before });
  }
  return all;
}

/**
 * Whether the caller is not to learn what there is: he is refused, or let in for another patient than the one that it is
 * about. Who has only to sign in again is told so about his own patient.
 */
const isKeptFrom = (route: Route, kind: Kind, { fault, expected }: Asked): boolean =>
  expected === 'let in'
    ? fault === 'another patient' && isBound(kind) && !isPublic(route)
    : expected !== 'edge/step-up-needed';

describe.each(ROWS)('%s', (_, route) => {
  test.each(KINDS)('tells a %s what the table of routes says', async (kind) => {
    const asked = await askedWithAll(route, kind, pathWith(route.path, there));
    const told = asked.map(({ fault, answered }) => [fault, toldIn(answered)]);
    expect(told).toEqual(asked.map(({ fault, expected }) => [fault, expected]));
    const refused = asked.filter(({ expected }) => expected !== 'let in');
    expect(refused.filter(({ wrote }) => wrote)).toEqual([]);
  });

  test.each(KINDS)('hints to a %s at nothing that is not for him', async (kind) => {
    const [ofThere, ofAbsent] = [
      await askedWithAll(route, kind, pathWith(route.path, there)),
      await askedWithAll(route, kind, pathWith(route.path, absent)),
    ].map((asked) =>
      asked
        .filter((each) => isKeptFrom(route, kind, each))
        .map(({ fault, answered }) => [fault, answered]),
    );
    expect(ofAbsent).toEqual(ofThere);
  });
});

test('what is looked at is there', () => {
  expect(Object.entries(there).filter(([, value]) => typeof value !== 'string')).toEqual([]);
  expect(Object.entries(absent).filter(([name, value]) => value === there[name])).toEqual([]);
});

test('an answer about one route is none about another', async () => {
  const token = `Bearer ${await issuers.token('patient', { claims: { jti: 'once' } })}`;
  const [one, other] = ROUTES.filter((route) => !isPublic(route) && !('certificate' in route));
  const before = front.asked();
  for (const route of [one!, other!, one!, other!]) {
    await front.ask(route, pathWith(route.path, there), token);
  }
  expect(front.asked() - before).toBe(2);
});

test('nothing of who asks, and no token, is in a log', () => {
  const lines = world.lines.join('\n');
  expect(lines).toContain('edge/forbidden');
  for (const secret of ['local-', 'stranger', 'eyJ', 'sample', ' ana']) {
    expect(lines).not.toContain(secret);
  }
});
