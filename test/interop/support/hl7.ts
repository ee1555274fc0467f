import type { SuiteResult } from '../conformance/suite.ts';
import { runCases } from '../conformance/told-case.ts';
import { HL7_CASES } from '../hl7/cases.ts';

/** Messages of HL7 v2, and what is answered to them. */
export const runHl7 = (): Promise<SuiteResult> => runCases(Object.values(HL7_CASES).flat());
