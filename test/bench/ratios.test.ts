import { describe, expect, test } from '@jest/globals';
import { measureIn, median } from './ratios.ts';
import { seriesOf, type Measured } from './results.ts';

const measured = (contestants: Readonly<Record<string, readonly number[]>>): Measured => ({
  suite: 'pipeline',
  case: 'structured-1m',
  run: 1,
  unit: 'ms',
  contestants: Object.fromEntries(
    Object.entries(contestants).map(([name, values]) => [name, seriesOf(values)]),
  ),
});

describe('the median', () => {
  test('is the middle one, in whatever order they come', () => {
    expect(median([30, 1, 2])).toBe(2);
  });

  test('is the mean of the middle two of an even number', () => {
    expect(median([4, 1, 3, 100])).toBe(3.5);
  });

  test('of nothing is no number', () => {
    expect(median([])).toBeNaN();
  });
});

describe('what is measured of a run', () => {
  // In the second round the machine was ten times slower, for both of them.
  const run = measured({ limit: [8, 90, 7], ours: [10, 100, 10] });

  test('is the median of the ratios within each round', () => {
    expect(measureIn(run, { kind: 'ratio', of: 'limit', over: 'ours' })).toBeCloseTo(0.8);
  });

  test('is not the ratio of the medians', () => {
    const uneven = measured({ limit: [1, 50, 9], ours: [2, 10, 90] });
    expect(measureIn(uneven, { kind: 'ratio', of: 'limit', over: 'ours' })).toBeCloseTo(0.5);
  });

  test('is the median of the differences within each round', () => {
    expect(measureIn(run, { kind: 'difference', of: 'ours', over: 'limit' })).toBe(3);
  });

  test('is the median of one contestant', () => {
    expect(measureIn(run, { kind: 'median', of: 'ours' })).toBe(10);
  });

  test('is the most of one contestant', () => {
    expect(measureIn(run, { kind: 'most', of: 'ours' })).toBe(100);
  });

  test('is nothing when a contestant was not there', () => {
    expect(measureIn(run, { kind: 'ratio', of: 'bouncycastle', over: 'ours' })).toBeUndefined();
    expect(measureIn(run, { kind: 'ratio', of: 'limit', over: 'nobody' })).toBeUndefined();
    expect(measureIn(run, { kind: 'median', of: 'nobody' })).toBeUndefined();
  });
});
