import type { SuiteResult } from '../conformance/suite.ts';
import { runCases, type ToldCase } from '../conformance/told-case.ts';
import { CODEC_CASES } from '../xdr/codec-cases.ts';
import { REFUSAL_CASES } from '../xdr/refusal-cases.ts';
import { VECTOR_CASES } from '../xdr/vector-cases.ts';
import { WHOLE_CASES } from '../xdr/whole-cases.ts';

/** By what it is about: samples of the certification tool, and what we write ourselves. */
export const XDR_CASES: Readonly<Record<string, readonly ToldCase[]>> = {
  'foreign samples': VECTOR_CASES,
  'what we write': CODEC_CASES,
  'from request to end': WHOLE_CASES,
};

/** All of it. The refusals are tests of the reader already. */
const ALL: readonly ToldCase[] = [...Object.values(XDR_CASES).flat(), ...REFUSAL_CASES];

/** Needs the shared vectors and xmllint. */
export const runXdr = (): Promise<SuiteResult> => runCases(ALL);
