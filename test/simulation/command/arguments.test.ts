import { expect, test } from '@jest/globals';
import { readArguments as readChaos } from '../chaos/arguments.ts';
import { readArguments } from './arguments.ts';

test('simulate takes so many seeds, or one of them with its trace', () => {
  const said = { json: false, trace: false };
  expect(readArguments([])).toEqual({ seeds: { first: 1, last: 500 }, ...said });
  expect(readArguments(['--seeds', '20000', '--json'])).toEqual({
    seeds: { first: 1, last: 20_000 },
    json: true,
    trace: false,
  });
  expect(readArguments(['--seed', '28', '--trace'])).toEqual({
    seeds: { first: 28, last: 28 },
    json: false,
    trace: true,
  });
});

test.each([
  [['--seeds', '0']],
  [['--seeds', 'all']],
  [['--seed', '1', '--seeds', '2']],
  [['--trace']],
  [['--fast']],
  [['28']],
])('simulate %p: says what it wants instead', (written) => {
  expect(() => readArguments(written)).toThrow(/simulate \[--seeds N\]/);
});

test('chaos takes seconds', () => {
  expect(readChaos([])).toEqual({ seconds: 120, json: false });
  expect(readChaos(['--seconds', '15', '--json'])).toEqual({ seconds: 15, json: true });
  expect(() => readChaos(['--seconds', 'few'])).toThrow(/chaos \[--seconds N\]/);
  expect(() => readChaos(['--minutes', '2'])).toThrow(/chaos \[--seconds N\]/);
});
