import type { Suite } from './cases.ts';

/** What one contestant gave, round by round; rounds of the same number belong together. */
export interface Series {
  readonly values: readonly number[];
  /** Of one message; 0 where none is made. */
  readonly bytes: number;
  /** What the mean of the values is made of; only the limit says. */
  readonly parts: Readonly<Record<string, number>>;
}

/** One case of one suite in one run. */
export interface Measured {
  readonly suite: Suite;
  /** Of messages a payload; else what the suite calls it. */
  readonly case: string;
  readonly run: number;
  readonly unit: 'ms' | 'MB' | 'KB' | '/s' | 'calls';
  readonly contestants: Readonly<Record<string, Series>>;
}

export const seriesOf = (values: readonly number[], bytes = 0): Series => ({
  values,
  bytes,
  parts: {},
});
