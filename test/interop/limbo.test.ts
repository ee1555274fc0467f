import { expect, test } from '@jest/globals';
import { describeWith } from '../support/needs.ts';
import { judge, readCases, readDivergences, runLimbo } from './support/limbo.ts';

describeWith(['shared'], 'the chains of x509-limbo', () => {
  test('come out as that collection says, but for rules that bind issuers only', async () => {
    const { passed, total, notApplicable, failed } = await runLimbo();
    expect(failed).toEqual([]);
    expect([passed, total, notApplicable]).toEqual([138, 138, 14]);
  });

  test('are set aside only where they should be refused and are not', async () => {
    const cases = new Map(readCases().map((each) => [each.id, each]));
    for (const [id, clause] of Object.entries(readDivergences())) {
      const each = cases.get(id);
      expect([id, each?.expected_result]).toEqual([id, 'FAILURE']);
      expect([id, each && (await judge(each))]).toEqual([id, 'SUCCESS']);
      expect(clause).toMatch(/^RFC 5280 section [45]\.[0-9.]+: /);
    }
  });
});
