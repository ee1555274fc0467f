import { describe, expect, test } from '@jest/globals';
import type { Floor } from './floors.ts';
import { exitCodeOf, judge, summaryOf } from './gates.ts';
import { seriesOf, type Measured } from './results.ts';

const SHARE: Floor = {
  suite: 'pipeline',
  what: 'share of the limit',
  case: 'structured-1m',
  measure: { kind: 'ratio', of: 'limit', over: 'ours' },
  sense: 'at least',
  floor: 0.9,
  aim: 0.96,
  unit: '',
};
const MEMORY: Floor = {
  suite: 'memory',
  what: 'peak',
  case: 'structured-1m',
  measure: { kind: 'median', of: 'ours' },
  sense: 'at most',
  floor: 26.5,
  aim: 18,
  unit: ' MB',
};

/** One run of each share, with one round. */
const shares = (...each: readonly number[]): readonly Measured[] =>
  each.map((share, index) => ({
    suite: 'pipeline',
    case: 'structured-1m',
    run: index + 1,
    unit: 'ms',
    contestants: { limit: seriesOf([share * 100]), ours: seriesOf([100]) },
  }));

const peaks = (...each: readonly number[]): readonly Measured[] =>
  each.map((peak, index) => ({
    suite: 'memory',
    case: 'structured-1m',
    run: index + 1,
    unit: 'MB',
    contestants: { ours: seriesOf([peak]) },
  }));

describe('a floor', () => {
  test('is met when the best run is on it, whatever the others are', () => {
    const [verdict] = judge([SHARE], shares(0.5, 0.9, 0.7));
    expect(verdict).toMatchObject({ state: 'met', best: 0.9, reachesAim: false });
    expect(verdict?.runs).toEqual([0.5, 0.9, 0.7]);
  });

  test('is missed when the best run is under it', () => {
    expect(judge([SHARE], shares(0.5, 0.89, 0.7))).toMatchObject([{ state: 'missed', best: 0.89 }]);
  });

  test('that asks for little is missed when the least run is over it', () => {
    expect(judge([MEMORY], peaks(30, 27))).toMatchObject([{ state: 'missed', best: 27 }]);
    expect(judge([MEMORY], peaks(30, 26))).toMatchObject([{ state: 'met', best: 26 }]);
  });

  test('that holds for every run is missed by the worst of them', () => {
    const every = { ...MEMORY, everyRun: true } as const;
    expect(judge([every], peaks(20, 27))).toMatchObject([
      { state: 'missed', best: 20, decisive: 27 },
    ]);
    expect(judge([every], peaks(17, 26))).toMatchObject([{ state: 'met', reachesAim: false }]);
  });

  test('says when its aim is reached too', () => {
    expect(judge([SHARE], shares(0.97))).toMatchObject([{ reachesAim: true }]);
    expect(judge([MEMORY], peaks(17))).toMatchObject([{ reachesAim: true }]);
  });

  test('is not measured when a contestant is missing', () => {
    const against = { ...SHARE, measure: { kind: 'ratio', of: 'bouncycastle', over: 'ours' } };
    expect(judge([against as Floor], shares(1))).toMatchObject([{ state: 'not measured' }]);
  });

  test('of a case that was not asked for is left out', () => {
    expect(judge([SHARE, MEMORY], peaks(17))).toHaveLength(1);
    expect(judge([{ ...SHARE, case: 'structured-10m' }], shares(1))).toEqual([]);
  });

  test('is only reported where there is none', () => {
    const { floor: _, ...reported } = SHARE;
    expect(judge([reported], shares(0.1))).toMatchObject([{ state: 'reported', best: 0.1 }]);
  });
});

describe('the end of the bench', () => {
  const good = judge([SHARE, MEMORY], [...shares(1), ...peaks(17)]);
  const bad = judge([SHARE, MEMORY], [...shares(0.5), ...peaks(17)]);

  test('is success when all floors are met', () => {
    expect(exitCodeOf(good)).toBe(0);
    expect(summaryOf(good)).toBe('bench: 2 of 2 floors met');
  });

  test('is failure when one floor is missed, and names it', () => {
    expect(exitCodeOf(bad)).toBe(1);
    expect(summaryOf(bad)).toBe(
      'bench: 1 of 2 floors met; missed: share of the limit (structured-1m)',
    );
  });

  test('says when it was in a hurry', () => {
    expect(summaryOf(good, true)).toBe('bench (quick): 2 of 2 floors met');
  });

  test('is no success of what was not measured', () => {
    const [unmeasured] = judge([{ ...SHARE, measure: { kind: 'median', of: 'x' } }], shares(1));
    expect(summaryOf([unmeasured!])).toBe(
      'bench: 0 of 0 floors met; 1 not measured, a contestant is missing',
    );
  });
});
