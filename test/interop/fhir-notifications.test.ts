import { expect, test } from '@jest/globals';
import { told } from './conformance/told-case.ts';
import { FHIR_NOTIFICATION_CASES } from './fhir-notifications/cases.ts';

test.each(FHIR_NOTIFICATION_CASES.map((each) => [each.id, each] as const))(
  'notification of FHIR: %s',
  async (_id, each) => {
    expect(await told(each)).toBe(each.expected);
  },
);
