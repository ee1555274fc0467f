import { describe, expect, test } from '@jest/globals';
import { patientInfoOf, targetOf } from '../../../shared/package/derive/patient-info.ts';
import { authorOf } from '../../../shared/package/derive/people.ts';
import { inputOf } from '../sample-input.ts';
import { AUTHOR, headerWith, TARGET } from './sample-header.ts';

const { patient } = inputOf();

describe('people', () => {
  test.each([
    ['without an organization', undefined],
    [
      'whose organization has no name',
      { ids: [{ root: '1.2', extension: '42' }], name: undefined },
    ],
  ])('an author %s works for the custodian', (_, organization) => {
    const { institution } = authorOf({ ...AUTHOR, organization }, { ids: [], name: 'Keeper' });
    expect(institution).toEqual({ name: 'Keeper', id: undefined });
  });

  test.each([
    ['a number', '42', { id: '42', oid: '1.2' }],
    ['an OID', undefined, { oid: '1.2' }],
  ])('an organization may have %s', (_, extension, id) => {
    const organization = { ids: [{ root: '1.2', extension }], name: 'Clinic' };
    expect(authorOf({ ...AUTHOR, organization }, undefined).institution).toEqual({
      name: 'Clinic',
      id,
    });
  });

  test('software signs with its name as family', () => {
    const software = { ...AUTHOR, name: undefined, ids: [], software: 'Charts 9.1' };
    expect(authorOf(software, undefined).person).toMatchObject({
      name: { family: 'Charts 9.1' },
      id: undefined,
    });
  });

  test('whoever has neither name nor number is nobody', () => {
    const nobody = { ...AUTHOR, name: undefined, ids: [] };
    expect(authorOf(nobody, undefined).person).toBeUndefined();
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
    expect(authorOf({ ...AUTHOR, emails: [email] }, undefined).emails).toEqual([]);
  });
});

describe('what is said of the patient', () => {
  test('comes from the document', () => {
    expect(patientInfoOf(TARGET, { ...patient, sex: 'male', birthDate: '1999-01-01' })).toEqual({
      name: TARGET.names[0],
      birthDate: '19840309',
      sex: 'F',
      address: TARGET.address,
    });
  });

  test('comes from the registration where the document says nothing usable', () => {
    const bare = { ...TARGET, names: [], birthTime: 'unknown', gender: 'dnfdfdjdjdd' };
    expect(patientInfoOf(bare, { ...patient, sex: 'other' })).toMatchObject({
      name: { family: 'Rivera', given: ['Ana', 'Lucia'] },
      birthDate: '19840309',
      sex: 'O',
    });
  });

  test('a gender that every object has is no gender', () => {
    expect(patientInfoOf({ ...TARGET, gender: 'constructor' }, patient).sex).toBe('F');
  });

  test('is about this patient when the document is about two', () => {
    const child = { ...TARGET, ids: [{ root: '1.2', extension: 'child' }] };
    expect(targetOf(headerWith({ patients: [child, TARGET] }), patient)).toBe(TARGET);
  });
});
