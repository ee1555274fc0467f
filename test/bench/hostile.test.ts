import { afterEach, describe, expect, test } from '@jest/globals';
import { HOSTILE_INPUTS, timeOf, type HostileInput } from './cases.ts';
import { FLOORS } from './floors.ts';
import { play } from './hostile/play.ts';
import { SCENARIOS } from './hostile/scenarios.ts';
import { endOf } from './hostile/victim.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

/** Those that wait for the deadline, or make keys and lists of megabytes, are left to the bench. */
const QUICK: readonly HostileInput[] = [
  'lists of 5 MB that break off',
  'an HTTP body without end',
  'an LDAP answer without end',
  'an LDAP message of 2 GB',
  'policies that multiply',
  'names and subtrees that multiply',
  'issuers without end',
];

const floorsOf = (name: string) => FLOORS.filter((floor) => floor.case === name);

describe('a hostile input of the bench', () => {
  test.each(QUICK)('is what it is called, and ends in a refusal: %s', async (input) => {
    const { situation, close } = await play(SCENARIOS[input]);
    closing.push(close);
    expect(situation.ends).toContain(await endOf(situation));
  });

  test.each(HOSTILE_INPUTS)('has a bound of memory and one of time: %s', (input) => {
    expect(floorsOf(input)).toMatchObject([{ floor: 64, everyRun: true, unit: ' MB' }]);
    expect(floorsOf(timeOf(input))).toMatchObject([{ everyRun: true, measure: { of: 'taken' } }]);
  });
});
