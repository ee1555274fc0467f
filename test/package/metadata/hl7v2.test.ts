import { describe, expect, test } from '@jest/globals';
import { pid, xcn, xon } from '../../../shared/package/metadata/hl7v2.ts';
import type { PatientInfo } from '../../../shared/package/derive/patient-info.ts';

const NAME = { family: 'Rivera', given: ['Ana', 'Lucia', 'M'], prefix: 'Dr', suffix: 'Jr' };
const INFO: PatientInfo = { name: NAME, birthDate: '19840309', sex: 'F', address: undefined };

describe('what is known, in the spelling of HL7 v2', () => {
  test.each([
    ['by name', { name: NAME, id: undefined }, '^Rivera^Ana^Lucia M^Jr^Dr'],
    ['by number', { name: undefined, id: { id: '7', oid: '1.2' } }, '7^^^^^^^^&1.2&ISO'],
    ['by nothing', { name: undefined, id: undefined }, undefined],
  ])('a person %s', (_, person, value) => {
    expect(xcn(person)).toBe(value);
  });

  test.each([
    [
      'with a number',
      { name: 'Clinic', id: { id: '42', oid: '1.2' } },
      'Clinic^^^^^&1.2&ISO^^^^42',
    ],
    ['that is an OID', { name: 'Clinic', id: { oid: '1.2' } }, 'Clinic^^^^^^^^^1.2'],
    ['by name alone', { name: 'Clinic & Sons', id: undefined }, 'Clinic \\T\\ Sons'],
  ])('an institution %s', (_, institution, value) => {
    expect(xon(institution)).toBe(value);
  });

  test('a patient', () => {
    const address = {
      lines: ['12 Sample Street', 'Unit 4', 'Rear'],
      city: 'Springfield',
      state: 'IL',
      postalCode: '62701',
      country: 'US',
    };
    expect(pid({ id: 'MRN-0001', oid: '1.2' }, { ...INFO, address })).toEqual([
      'PID-3|MRN-0001^^^&1.2&ISO',
      'PID-5|Rivera^Ana^Lucia M^Jr^Dr',
      'PID-7|19840309',
      'PID-8|F',
      'PID-11|12 Sample Street^Unit 4 Rear^Springfield^IL^62701^US',
    ]);
  });

  test('a patient without number and address', () => {
    expect(pid(undefined, INFO)).toEqual([
      'PID-5|Rivera^Ana^Lucia M^Jr^Dr',
      'PID-7|19840309',
      'PID-8|F',
    ]);
  });
});
