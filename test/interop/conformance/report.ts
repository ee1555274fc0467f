import { missing, type Need } from '../../support/present.ts';
import type { Suite, SuiteResult } from './suite.ts';

export interface SuiteReport extends SuiteResult {
  readonly name: string;
  /** What it would have taken to run it; absent when it ran. */
  readonly missing?: readonly Need[];
}

export interface Report {
  readonly suites: readonly SuiteReport[];
  /** Names of suites, each with the reason. */
  readonly shortfalls: readonly string[];
}

const NOTHING: SuiteResult = { passed: 0, total: 0, notApplicable: 0, failed: [] };

/**
 * Runs suites one after the other. One that throws has failed, and does not keep the others from running.
 *
 * @param missingOf which of what a suite needs is not there
 */
export async function runSuites(
  suites: readonly Suite[],
  say: (line: string) => void,
  missingOf: (needs: readonly Need[]) => readonly Need[] = missing,
): Promise<Report> {
  const reports: SuiteReport[] = [];
  const shortfalls: string[] = [];
  for (const suite of suites) {
    const absent = missingOf(suite.needs);
    say(absent.length > 0 ? `${suite.name} needs ${absent.join(', ')}` : `${suite.name} …`);
    const result = absent.length > 0 ? NOTHING : await resultOf(suite);
    reports.push({ name: suite.name, ...result, ...(absent.length > 0 && { missing: absent }) });
    const short = absent.length > 0 ? `needs ${absent.join(', ')}` : suite.shortfall(result);
    if (short !== undefined) shortfalls.push(`${suite.name} (${short})`);
  }
  return { suites: reports, shortfalls };
}

async function resultOf({ name, run }: Suite): Promise<SuiteResult> {
  try {
    return await run();
  } catch (error) {
    const got = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return { ...NOTHING, total: 1, failed: [{ id: name, expected: 'a run to its end', got }] };
  }
}

/** For people: a line for each suite, and under it one for each failure. */
export const linesOf = ({ suites }: Report): readonly string[] =>
  suites.flatMap(
    ({ name, passed, total, notApplicable, reasons = [], failed, missing: absent }) => [
      absent
        ? `${name}: not run, it needs ${absent.join(', ')}`
        : `${name}: ${passed} of ${total} passed${notApplicable > 0 ? `, ${notApplicable} not applicable` : ''}`,
      ...reasons.map((reason) => `  not applicable: ${reason}`),
      ...failed.map(({ id, expected, got }) => `  ${id}: expected ${expected}, got ${got}`),
    ],
  );

export const summaryOf = ({ suites, shortfalls }: Report): string => {
  const sum = (of: (suite: SuiteReport) => number): number =>
    suites.reduce((total, suite) => total + of(suite), 0);
  const counted = `${sum(({ passed }) => passed)} of ${sum(({ total }) => total)} cases passed`;
  const verdict = shortfalls.length > 0 ? `falls short: ${shortfalls.join(', ')}` : 'good';
  const run = suites.length === 1 ? '1 suite' : `${suites.length} suites`;
  return `conformance: ${counted} in ${run}; ${verdict}`;
};
