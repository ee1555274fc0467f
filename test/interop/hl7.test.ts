import { describe, expect, test } from '@jest/globals';
import { told } from './conformance/told-case.ts';
import { HL7_CASES } from './hl7/cases.ts';

describe.each(Object.entries(HL7_CASES))('HL7 v2: %s', (_, cases) => {
  test.each(cases.map((each) => [each.id, each] as const))('%s', async (_id, each) => {
    expect(await told(each)).toBe(each.expected);
  });
});

test('no two cases have one name', () => {
  const ids = Object.values(HL7_CASES).flatMap((cases) => cases.map(({ id }) => id));
  expect(new Set(ids).size).toBe(ids.length);
});
