import { describe } from '@jest/globals';
import { missing, type Need } from './present.ts';

export { SHARED, type Need } from './present.ts';

/**
 * Describes tests that drive something outside the project. Where it is missing they are skipped, and the last
 * lines of the run say so (notices-reporter.mjs); with CI=true a missing tool fails the run, missing data never does.
 */
export function describeWith(needs: readonly Need[], title: string, tests: () => void): void {
  const absent = missing(needs);
  if (absent.length === 0) describe(title, tests);
  // oxlint-disable-next-line jest/no-disabled-tests -- the reporter names it, and CI fails on it
  else describe.skip(`(needs ${absent.join(', ')}) ${title}`, tests);
}
