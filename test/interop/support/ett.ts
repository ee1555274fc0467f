import { runCases } from '../conformance/told-case.ts';
import type { SuiteResult } from '../conformance/suite.ts';
import type { EttCase } from '../ett/bench/ett-case.ts';
import { OVER_XDR } from '../ett/bench/over-xdr.ts';
import { ROBOTS } from '../ett/bench/robots.ts';
import { TRACKING } from '../ett/bench/tracking.ts';

/** The cases of the certification tool that concern a system that sends, and its robots. */
export const ETT_CASES: readonly EttCase[] = [...TRACKING, ...OVER_XDR, ...ROBOTS];

export const runEtt = (): Promise<SuiteResult> => runCases(ETT_CASES);
