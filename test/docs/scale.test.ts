import { beforeAll, describe, expect, test } from '@jest/globals';
import { ONE_COPY } from '../../infra/cli/cost/one-copy.ts';
import { DUE_SHARDS } from '../../shared/adapters/dynamo/keys.ts';
import { Settings } from '../../shared/settings.ts';
import { rowsUnder } from '../support/page-rows.ts';
import { countOneCopy, type OneCopy } from './one-copy.ts';
import { textOf } from './pages.ts';

const PAGE = textOf('docs/scale.md');
const RATES = [1, 100, 10_000];

const ARITHMETIC = rowsUnder(PAGE, 'Arithmetic').map(([what = '', ...cells]) => {
  const [each, ...numbers] = cells.slice(0, 6).map((cell) => Number(cell.replaceAll(' ', '')));
  const [at, there, usedUpAt] = [numbers.slice(0, 3), numbers[3]!, numbers[4]!];
  return { what, each: each!, at, there, usedUpAt };
});

const rowOf = (begins: string) => ARITHMETIC.find(({ what }) => what.startsWith(begins))!;

describe('docs/scale.md reckons rightly', () => {
  test('with all that a copy passes', () => {
    expect(ARITHMETIC.length).toBeGreaterThan(15);
  });

  test.each(ARITHMETIC.map((row) => [row.what, row] as const))('%s', (_, row) => {
    expect(row.at).toEqual(RATES.map((rate) => rate * row.each));
    expect(row.usedUpAt).toBe(Math.floor(row.there / row.each));
  });

  test('in the order in which it breaks', () => {
    const [first, ...others] = rowsUnder(PAGE, 'What breaks first').map(([at = '']) => parseInt(at, 10)); // prettier-ignore
    expect(first).toBe(Math.min(...ARITHMETIC.map(({ usedUpAt }) => usedUpAt)));
    expect([first, ...others]).toEqual([first, ...others].toSorted((one, other) => one! - other!));
  });

  test('tells of everything that is used up below 500 a second', () => {
    const told = rowsUnder(PAGE, 'What breaks first').flatMap(([at = '']) => at.match(/\d+/g)!.map(Number)); // prettier-ignore
    const soon = ARITHMETIC.map(({ usedUpAt }) => usedUpAt).filter((at) => at <= 500);
    expect([...new Set(told)].toSorted((one, other) => one - other)).toEqual(
      [...new Set(soon)].toSorted((one, other) => one - other),
    );
  });
});

describe('docs/scale.md has from the code', () => {
  let counted: OneCopy;
  beforeAll(async () => {
    counted = await countOneCopy();
  });

  test('what one copy takes of the tables', () => {
    expect(rowOf('write units a second of the tables').each).toBe(ONE_COPY.writeUnits);
    expect(rowOf('write units a second of the disclosures').each).toBe(2 * counted.sharedByDay);
    const inPage = rowOf('write units a second of one of 16 parts').each;
    expect(Math.abs(inPage - counted.main.index / DUE_SHARDS.length)).toBeLessThan(0.2);
    expect(rowOf('write units a second of one of 16 audit').each).toBe((2 * counted.reported) / 16);
  });

  test('what it has to ring and to tell', () => {
    expect(rowOf('rings').each).toBe(counted.rung);
    expect(rowOf('news').each).toBe(counted.reported);
    expect(rowOf('events on the bus').each).toBe(counted.events);
  });

  test('how many copies a relay is given in a second', () => {
    const { copiesPerSecond } = Settings.shape.relay.parse({});
    expect(rowOf('copies a second').there).toBe(copiesPerSecond);
  });

  test('how many the sweep looks at', () => {
    const [, looks] = /MOST_LOOKS = (\d+);/.exec(textOf('lambdas/sweep/handler.ts')) ?? [];
    expect(rowOf('windows').there).toBe(Math.floor(Number(looks) / 60));
  });
});
