import { describe, expect, test } from '@jest/globals';
import { patientInfoOf, targetOf } from '../../../shared/package/derive/patient-info.ts';
import { authorOf } from '../../../shared/package/derive/people.ts';
import { inputOf } from '../sample-input.ts';
import { AUTHOR, headerWith, TARGET } from './sample-header.ts';

const { patient } = inputOf();

describe('people', () => {
  test('an author without an organization works for the custodian', () => {
    const { institution } = authorOf(
      { ...AUTHOR, organization: undefined },
      { ids: [], name: 'Keeper' },
    );
    expect(institution).toBe('Keeper');
  });

  test('an organization with a number says whose number it is', () => {
    const organization = { ids: [{ root: '1.2', extension: '42' }], name: 'Clinic' };
    expect(authorOf({ ...AUTHOR, organization }, undefined).institution).toBe(
      'Clinic^^^^^&1.2&ISO^^^^42',
    );
  });

  test('software signs with its name as family', () => {
    const software = { ...AUTHOR, name: undefined, ids: [], software: 'Charts 9.1' };
    expect(authorOf(software, undefined).person).toBe('^Charts 9.1');
  });

  test.each([
    [
      'a code that is not of the provider taxonomy',
      { code: 'drop table', codeSystem: '2.16.840.1.113883.6.101', displayName: 'x' },
    ],
    ['another system', { code: '183500000X', codeSystem: '1.2', displayName: 'x' }],
  ])('a specialty is left out: %s', (_, specialty) => {
    expect(authorOf({ ...AUTHOR, specialty }, undefined).specialty).toBeUndefined();
  });

  test.each([
    'not an address',
    'a@b',
    '//VICTORIA@TEST.COM',
    'a@b.c|d',
    `${'a'.repeat(120)}@example.org`,
  ])('an e-mail address is left out: %s', (email) => {
    expect(authorOf({ ...AUTHOR, emails: [email] }, undefined).telecommunications).toEqual([]);
  });
});

describe('what is said of the patient', () => {
  test('comes from the document', () => {
    expect(patientInfoOf(TARGET, patient, { id: 'MRN-0001', oid: '1.2' })).toEqual([
      'PID-3|MRN-0001^^^&1.2&ISO',
      'PID-5|Rivera^Ana^Lucia',
      'PID-7|19840309',
      'PID-8|F',
      'PID-11|12 Sample Street^^Springfield^IL^62701^US',
    ]);
  });

  test('comes from the registration where the document says nothing usable', () => {
    const bare = {
      ...TARGET,
      names: [],
      birthTime: 'unknown',
      gender: 'dnfdfdjdjdd',
      address: undefined,
    };
    expect(patientInfoOf(bare, { ...patient, sex: 'other' }, undefined)).toEqual([
      'PID-5|Rivera^Ana^Lucia',
      'PID-7|19840309',
      'PID-8|O',
    ]);
  });

  test('a gender that every object has is no gender', () => {
    expect(patientInfoOf({ ...TARGET, gender: 'constructor' }, patient, undefined)).toContain(
      'PID-8|F',
    );
  });

  test('is about this patient when the document is about two', () => {
    const child = { ...TARGET, ids: [{ root: '1.2', extension: 'child' }] };
    expect(targetOf(headerWith({ patients: [child, TARGET] }), patient)).toBe(TARGET);
  });
});
