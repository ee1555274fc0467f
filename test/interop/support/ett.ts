import type { SuiteResult } from '../conformance/suite.ts';
import type { EttCase } from '../ett/bench/ett-case.ts';
import { ROBOTS } from '../ett/bench/robots.ts';
import { TRACKING } from '../ett/bench/tracking.ts';

/** The cases of the certification tool that concern a system that sends, and its robots. */
export const ETT_CASES: readonly EttCase[] = [...TRACKING, ...ROBOTS];

export async function runEtt(): Promise<SuiteResult> {
  const failed: SuiteResult['failed'][number][] = [];
  for (const { id, expected, run } of ETT_CASES) {
    const got = await run().catch((error: unknown) => String(error));
    if (got !== expected) failed.push({ id, expected, got });
  }
  const total = ETT_CASES.length;
  return { passed: total - failed.length, total, notApplicable: 0, failed };
}
