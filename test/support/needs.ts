import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe } from '@jest/globals';

/** The foreign test data, beside the checkout; absent outside the workplace that keeps it. */
export const SHARED = resolve(import.meta.dirname, '../../../shared');

const PRESENT = {
  openssl: () => runs('openssl', 'version'),
  xmllint: () => runs('xmllint', '--version'),
  java: () => runs('java', '-version'),
  unzip: () => runs('unzip', '-v'),
  gpgsm: () => runs('gpgsm', '--version'),
  cmsutil: () => isThere('cmsutil'),
  shared: () => existsSync(resolve(SHARED, 'vectors')),
} as const;

export type Need = keyof typeof PRESENT;

const runs = (command: string, argument: string): boolean =>
  spawnSync(command, [argument], { stdio: 'ignore' }).status === 0;

/** For a command that only ever answers with its usage and a failure. */
const isThere = (command: string): boolean =>
  spawnSync(command, { stdio: 'ignore' }).error === undefined;

/**
 * Describes tests that drive something outside the project. Where it is missing they are skipped, and the last
 * lines of the run say so (notices-reporter.mjs); with CI=true a missing tool fails the run, missing data never does.
 */
export function describeWith(needs: readonly Need[], title: string, tests: () => void): void {
  const missing = needs.filter((need) => !PRESENT[need]());
  if (missing.length === 0) describe(title, tests);
  // oxlint-disable-next-line jest/no-disabled-tests -- the reporter names it, and CI fails on it
  else describe.skip(`(needs ${missing.join(', ')}) ${title}`, tests);
}
