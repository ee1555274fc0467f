import type { SuiteResult } from '../conformance/suite.ts';
import { EDITION_2014 } from '../dcdt/bench/edition-2014.ts';
import { edition2015 } from '../dcdt/bench/edition-2015.ts';
import type { Edition } from '../dcdt/bench/edition.ts';
import { runCase, type CaseResult } from '../dcdt/bench/run-case.ts';
import { senderAt } from '../dcdt/bench/sender.ts';
import { openBench, type BenchOptions, type TestBench } from '../dcdt/bench/test-bench.ts';

/** D1 to D18 of the certification tool. Needs `named`, `slapd` and the shared facts. */
export const runDcdt2015 = (options: BenchOptions = {}): Promise<SuiteResult> =>
  runEdition(edition2015(), options);

/** The eleven cases DTS 500 to 520 of its first edition. Needs `named` and `slapd`. */
export const runDcdt2014 = (options: BenchOptions = {}): Promise<SuiteResult> =>
  runEdition(EDITION_2014, options);

async function runEdition(edition: Edition, options: BenchOptions): Promise<SuiteResult> {
  const bench = await openBench(edition, options);
  try {
    const results = await runAll(bench);
    return {
      passed: results.filter(({ passed }) => passed).length,
      total: results.length,
      notApplicable: 0,
      failed: results
        .filter(({ passed }) => !passed)
        .map(({ id, expected, got }) => ({ id, expected, got })),
    };
  } finally {
    await bench.close();
  }
}

/** All cases, one after the other, by one sender that remembers what it may. */
export async function runAll(bench: TestBench): Promise<readonly CaseResult[]> {
  const { edition, issued, resolver } = bench;
  const ports = senderAt(resolver, issued.authorities.root.certificatePem);
  const results: CaseResult[] = [];
  for (const plan of edition.cases) results.push(await runCase(plan, bench, ports));
  return results;
}
