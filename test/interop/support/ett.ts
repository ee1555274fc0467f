import { runCases } from '../conformance/told-case.ts';
import type { SuiteResult } from '../conformance/suite.ts';
import type { EttCase } from '../ett/bench/ett-case.ts';
import { ROBOTS } from '../ett/bench/robots.ts';
import { TRACKING } from '../ett/bench/tracking.ts';
import { AS_EDGE } from '../ett/xdr/as-edge.ts';
import { AS_HISP } from '../ett/xdr/as-hisp.ts';
import { AT_OUR_DOOR } from '../ett/xdr/at-our-door.ts';
import { NOT_ABOUT_US } from '../ett/xdr/not-applicable.ts';

/** The cases of the certification tool that concern a system that sends, and its robots. */
export const ETT_CASES: readonly EttCase[] = [...TRACKING, ...ROBOTS];

/** Those about XDR. They need the shared vectors and xmllint. */
export const ETT_XDR_CASES: readonly EttCase[] = [...AS_HISP, ...AS_EDGE, ...AT_OUR_DOOR];

export async function runEtt(): Promise<SuiteResult> {
  const reasons = Object.values(NOT_ABOUT_US);
  const result = await runCases([...ETT_CASES, ...ETT_XDR_CASES]);
  return { ...result, notApplicable: reasons.length, reasons: [...new Set(reasons)] };
}
