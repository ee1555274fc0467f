import type { FailedCase, SuiteResult } from './suite.ts';

/** A case that can say in a line what came of it. */
export interface ToldCase {
  readonly id: string;
  readonly about: string;
  /** What `run` has to answer. */
  readonly expected: string;
  readonly run: () => Promise<string> | string;
}

/** What a case answers; whatever it throws is an answer too. */
export async function told({ run }: ToldCase): Promise<string> {
  try {
    return await run();
  } catch (error) {
    return String(error);
  }
}

/** One after the other. */
export async function runCases(cases: readonly ToldCase[]): Promise<SuiteResult> {
  const failed: FailedCase[] = [];
  for (const each of cases) {
    const got = await told(each);
    if (got !== each.expected) failed.push({ id: each.id, expected: each.expected, got });
  }
  const total = cases.length;
  return { passed: total - failed.length, total, notApplicable: 0, failed };
}
