import { describe, expect, test } from '@jest/globals';
import { principalOf } from '../../shared/edge/identity/principal.ts';
import { fail } from '../../shared/outcome.ts';
import { issuersBeside } from '../support/issuers.ts';

const [BY_DEFAULT] = issuersBeside();
const read = (claims: object, issuer = BY_DEFAULT!) => principalOf({ ...claims }, issuer);
const issuer = (claims: object) =>
  issuersBeside(undefined, {
    issuers: [{ name: 'clinic', url: 'https://clinic.example', audiences: ['a'], claims }],
  })[1]!;

/** A patient's, if nothing else stood in it. */
const ANA = { sub: 'u-1', scope: 'consent.write', patient: 'ana' };

describe('nobody is taken for the patient in context', () => {
  test.each<[string, object]>([
    ['whose person stands in a list', { fhirUser: ['Practitioner/7'] }],
    ['whose person is an object', { fhirUser: { reference: 'Practitioner/7' } }],
    ['whose person is null', { fhirUser: null }],
    ['who is a client', { client_id: 'u-1' }],
    ['who is a client, as OpenID names it', { azp: 'u-1' }],
    ['who is a client that is related', { azp: 'u-1', relationship: 'guardian' }],
    ['who is another patient', { fhirUser: 'Patient/ben' }],
    ['who is another patient, by URL', { fhirUser: 'https://ehr.example/r4/Patient/ben' }],
  ])('edge/forbidden: %s', (_, more) => {
    expect(read({ ...ANA, ...more })).toEqual(fail('edge/forbidden'));
  });

  test.each<[string, string, object]>([
    ['the patient', 'patient', {}],
    ['the patient who is told twice', 'patient', { fhirUser: 'Patient/ana' }],
    [
      'another patient who says by what right',
      'representative',
      { fhirUser: 'Patient/ben', relationship: 'guardian' },
    ],
  ])('but %s is a %s', (_, kind, more) => {
    expect(read({ ...ANA, ...more })).toMatchObject({ value: { kind, patients: ['ana'] } });
  });

  test('where patients have ids of the issuer’s own, those of persons say nothing of them', () => {
    const token = { sub: 'u', mrn: '0007', fhirUser: 'Patient/ana' };
    expect(read(token, issuer({ patient: 'mrn' }))).toMatchObject({ value: { kind: 'patient' } });
  });
});

test.each(['system', 'admin'])('edge/forbidden: a %s, who speaks for all, for one', (role) => {
  const outright = issuer({ kind: 'role' });
  expect(read({ sub: 'u', role }, outright)).toMatchObject({ value: { kind: role } });
  expect(read({ sub: 'u', role, patient: 'ana' }, outright)).toEqual(fail('edge/forbidden'));
});

test.each([' ', 'parent ', ' parent', ''])('edge/forbidden: related as “%s”', (relationship) => {
  const token = { ...ANA, fhirUser: 'RelatedPerson/7' };
  expect(read({ ...token, relationship: 'step parent' })).toMatchObject({
    value: { authority: { relationship: 'step parent' } },
  });
  expect(read({ ...token, relationship })).toEqual(fail('edge/forbidden'));
});
