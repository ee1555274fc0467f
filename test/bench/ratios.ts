import type { Measured } from './results.ts';

/** What is looked at: one contestant against another, round by round, or one alone. */
export type Measure =
  | { readonly kind: 'ratio'; readonly of: string; readonly over: string }
  | { readonly kind: 'difference'; readonly of: string; readonly over: string }
  | { readonly kind: 'median'; readonly of: string }
  | { readonly kind: 'most'; readonly of: string };

/** The middle one; of an even number the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? Number.NaN;
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? Number.NaN) + upper) / 2 : upper;
}

/**
 * The median over the rounds of a run, or the most of them. Ratios and differences are taken within a round and never between medians:
 * only what ran side by side had the same machine.
 *
 * @returns undefined when a contestant was not there
 */
export function measureIn({ contestants }: Measured, measure: Measure): number | undefined {
  const of = contestants[measure.of]?.values;
  if (!of) return undefined;
  if (measure.kind === 'median') return median(of);
  if (measure.kind === 'most') return Math.max(...of);
  const over = contestants[measure.over]?.values;
  if (!over) return undefined;
  return median(
    of.map((value, round) => {
      const other = over[round] ?? Number.NaN;
      return measure.kind === 'ratio' ? value / other : value - other;
    }),
  );
}
