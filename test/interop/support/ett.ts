import { runCases } from '../conformance/told-case.ts';
import type { SuiteResult } from '../conformance/suite.ts';
import type { EttCase } from '../ett/bench/ett-case.ts';
import { ROBOTS } from '../ett/bench/robots.ts';
import { TRACKING } from '../ett/bench/tracking.ts';

/** The cases of the certification tool that concern a system that sends, and its robots. */
export const ETT_CASES: readonly EttCase[] = [...TRACKING, ...ROBOTS];

export const runEtt = (): Promise<SuiteResult> => runCases(ETT_CASES);
