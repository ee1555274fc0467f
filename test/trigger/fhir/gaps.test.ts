import { expect, test } from '@jest/globals';
import { gapsIn, missingIn } from '../../../shared/trigger/fhir/gaps.ts';

test.each([
  ['nothing was heard before', undefined, [7], false, []],
  ['the next one comes', 6, [7], false, []],
  ['one comes again', 7, [7], false, []],
  ['one comes late', 7, [3], false, []],
  ['one is missing', 5, [7], false, [{ from: 6, to: 6 }]],
  ['several are missing', 5, [9], false, [{ from: 6, to: 8 }]],
  [
    'some are missing among several, in any order',
    5,
    [10, 7, 8],
    false,
    [
      { from: 6, to: 6 },
      { from: 9, to: 9 },
    ],
  ],
  ['some are missing among the first', undefined, [2, 4], false, [{ from: 3, to: 3 }]],
  ['a heartbeat counts what was heard', 5, [5], true, []],
  ['a heartbeat counts more', 5, [7], true, [{ from: 6, to: 7 }]],
  ['a heartbeat counts less', 5, [0], true, []],
  ['a heartbeat is the first that is heard', undefined, [7], true, []],
] as const)('%s', (_, last, numbers, isHeartbeat, gaps) => {
  expect(gapsIn(last, numbers, isHeartbeat)).toEqual(gaps);
});

test('all that is missing is counted', () => {
  expect(missingIn([])).toBe(0);
  expect(
    missingIn([
      { from: 6, to: 6 },
      { from: 9, to: 11 },
    ]),
  ).toBe(4);
});
