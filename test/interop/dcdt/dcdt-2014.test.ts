import { beforeAll, expect, test } from '@jest/globals';
import { describeWith } from '../../support/needs.ts';
import { runAll, runDcdt2014 } from '../support/dcdt.ts';
import { EDITION_2014 } from './bench/edition-2014.ts';
import type { CaseResult } from './bench/run-case.ts';
import { openBench } from './bench/test-bench.ts';

/** Why no mail goes out, where none may. */
const REFUSALS = {
  'DTS 511': 'discover/no-certificate',
  'DTS 512': 'trust/expired',
  'DTS 520': 'trust/expired',
};

/** RSA keys are slow to make on a machine that does much else. */
const SLOWEST_MS = 120_000;

describeWith(['named', 'slapd'], 'the cases of the first edition', () => {
  let results: readonly CaseResult[];
  beforeAll(async () => {
    const bench = await openBench(EDITION_2014);
    try {
      results = await runAll(bench);
    } finally {
      await bench.close();
    }
  }, SLOWEST_MS);

  test('pass, 11 of 11', () => {
    expect(results).toHaveLength(11);
    expect(results.filter(({ passed }) => !passed)).toEqual([]);
  });

  test.each(Object.entries(REFUSALS))('%s sends no mail: %s', (wanted, code) => {
    expect(results.find(({ id }) => id === wanted)!.got).toBe(code);
  });

  test(
    'pass as well for a directory that serves userCertificate;binary',
    async () => {
      await expect(runDcdt2014({ plainAttribute: false })).resolves.toEqual({
        passed: 11,
        total: 11,
        notApplicable: 0,
        failed: [],
      });
    },
    SLOWEST_MS,
  );
});
