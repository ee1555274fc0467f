import { describe, expect, test } from '@jest/globals';
import { readArguments } from './arguments.ts';
import { SIZES, SUITES } from './cases.ts';

describe('the words behind npm run bench --', () => {
  test('are all suites and sizes, three times, when there are none', () => {
    expect(readArguments([])).toMatchObject({ suites: SUITES, sizes: SIZES, runs: 3 });
  });

  test('choose suites and sizes, in the order of the bench', () => {
    const asked = readArguments(['--suite', 'smime,pipeline', '--sizes', '1m', '--runs', '1']);
    expect(asked).toMatchObject({ suites: ['pipeline', 'smime'], sizes: ['1m'], runs: 1 });
  });

  test('make it quick, and what is said beside still counts', () => {
    expect(readArguments(['--quick']).sizes).not.toContain('30m');
    expect(readArguments(['--quick', '--sizes', '30m']).sizes).toEqual(['30m']);
  });

  test.each([['--suite', 'speed'], ['--sizes', '5m'], ['--runs', '0'], ['--fast']])(
    'are refused with the usage or by name: %s %s',
    (...words) => {
      expect(() => readArguments(words.filter((word) => word !== undefined))).toThrow(
        /npm run bench|--fast/,
      );
    },
  );
});
