import { describe, expect, test } from '@jest/globals';
import { PHASE_CASES, runPhaseCase } from '../../interop/support/smtp-phases.ts';

describe('what the SMTP relay makes of a server, in each phase', () => {
  test('is told of as many cases as there are', () => {
    expect(new Set(PHASE_CASES.map(({ id }) => id)).size).toBe(PHASE_CASES.length);
  });

  test.each(PHASE_CASES.map((each) => [each.id.slice(0, 60), each.expected, each] as const))(
    '%s: %s',
    async (_id, expected, each) => {
      expect(await runPhaseCase(each)).toBe(expected);
    },
  );
});
