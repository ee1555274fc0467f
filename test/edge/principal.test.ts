import { describe, expect, test } from '@jest/globals';
import { mayActFor, mayCall } from '../../shared/edge/identity/access.ts';
import { authorize } from '../../shared/edge/identity/authorize.ts';
import { type Principal, principalOf } from '../../shared/edge/identity/principal.ts';
import { done, fail } from '../../shared/outcome.ts';
import { memoryTokenVerifier } from '../support/memory/token-verifier.ts';

const SUB = { sub: 'u-1', scope: 'consent.write request.read' };

describe('a principal is read off its claims', () => {
  const kinds: readonly (readonly [string, object, string])[] = [
    ['a patient in context', { ...SUB, patient: 'ana' }, 'patient'],
    ['a practitioner', { ...SUB, fhirUser: 'Practitioner/7' }, 'provider'],
    [
      'a practitioner by URL',
      { ...SUB, fhirUser: 'https://x.example/r4/PractitionerRole/7' },
      'provider',
    ],
    [
      'a practitioner with a patient',
      { ...SUB, patient: 'ana', fhirUser: 'Practitioner/7' },
      'provider',
    ],
    ['a related person', { ...SUB, patient: 'ana', fhirUser: 'RelatedPerson/7' }, 'representative'],
    ['a client by itself', { ...SUB, client_id: 'u-1' }, 'system'],
    ['a client by itself, as OpenID names it', { ...SUB, azp: 'u-1' }, 'system'],
    ['an administrator', { ...SUB, scope: 'admin' }, 'admin'],
    ['a patient with the scope of one', { ...SUB, scope: 'admin', patient: 'ana' }, 'patient'],
  ];
  test.each(kinds)('%s', (_, claims, kind) => {
    expect(principalOf({ ...claims })).toMatchObject({ ok: true, value: { kind } });
  });

  test('with its patients and scopes, whatever the issuer calls them', () => {
    const principal = {
      kind: 'patient',
      subject: 'u-1',
      patients: ['ana'],
      scopes: ['consent.write', 'request.read'],
    };
    const scope = 'transmit/consent.write transmit/request.read';
    expect(principalOf({ ...SUB, patient: 'ana' })).toEqual(done(principal));
    expect(principalOf({ ...SUB, patient: ['ana'], scope })).toEqual(done(principal));
    const scp = ['consent.write', 'request.read'];
    expect(principalOf({ sub: 'u-1', scp, patient: 'ana' })).toEqual(done(principal));
  });

  const nobody: readonly (readonly [string, object])[] = [
    ['no subject', { patient: 'ana' }],
    ['an empty subject', { sub: '', patient: 'ana' }],
    ['a subject with a line break', { sub: 'a\nb', patient: 'ana' }],
    ['a subject that is a number', { sub: 7, patient: 'ana' }],
    ['a user who is neither patient nor client', { ...SUB, client_id: 'portal' }],
    ['a user without client', SUB],
    ['a person of another sort who is the client', { ...SUB, fhirUser: 'Patient/7', azp: 'u-1' }],
    ['a fake practitioner', { ...SUB, fhirUser: 'NotPractitioner/7' }],
  ];
  test.each(nobody)('edge/forbidden: %s', (_, claims) => {
    expect(principalOf({ ...claims })).toEqual(fail('edge/forbidden'));
  });
});

describe('a token that says for whom, but not legibly, is refused', () => {
  const roles: readonly (readonly [string, object])[] = [
    ['provider', { ...SUB, fhirUser: 'Practitioner/7' }],
    ['system', { ...SUB, client_id: 'u-1' }],
    ['representative', { ...SUB, fhirUser: 'RelatedPerson/7' }],
    ['admin', { ...SUB, scope: 'admin' }],
  ];
  const illegible: readonly unknown[] = [
    12345,
    { reference: 'Patient/ana' },
    [7],
    ['ana', 7],
    ' ',
    '',
    [''],
    [' '],
    [],
    null,
    false,
    Array.from({ length: 101 }, (_, n) => `p-${n}`),
    Array.from({ length: 101 }, (_, n) => `p-${n}`).join(' '),
  ];
  test.each(roles)('edge/forbidden: %s', (_, claims) => {
    for (const patient of illegible) {
      expect(principalOf({ ...claims, patient })).toEqual(fail('edge/forbidden'));
    }
  });

  test.each(roles)('%s: without the claim, and with a hundred, it is read', (_, claims) => {
    expect(principalOf({ ...claims })).toMatchObject({ ok: true, value: { patients: [] } });
    const patient = Array.from({ length: 100 }, (__, n) => `p-${n}`);
    expect(principalOf({ ...claims, patient })).toMatchObject({ value: { patients: patient } });
    expect(principalOf({ ...claims, patient: 'ana  ben ' })).toMatchObject({
      value: { patients: ['ana', 'ben'] },
    });
  });
});

const who = (kind: Principal['kind'], ...patients: string[]): Principal => ({
  kind,
  subject: 's',
  patients,
  scopes: ['a'],
});

describe('access', () => {
  const ROUTE = { method: 'GET', path: '/x', scopes: ['a'], kinds: ['patient'] } as const;
  test('needs the kind and the scope', () => {
    expect(mayCall(who('patient'), ROUTE).ok).toBe(true);
    expect(mayCall(who('provider'), ROUTE).ok).toBe(false);
    expect(mayCall({ ...who('patient'), scopes: ['aa'] }, ROUTE).ok).toBe(false);
  });

  test.each([
    ['a patient for itself', who('patient', 'ana'), true],
    ['a patient for another', who('patient', 'ben'), false],
    ['a patient of whom no patient is named', who('patient'), false],
    ['a representative for those named', who('representative', 'ben', 'ana'), true],
    ['a representative for others', who('representative', 'ben'), false],
    ['a representative of whom no patient is named', who('representative'), false],
    ['a provider for anybody', who('provider'), true],
    ['a provider in the context of another', who('provider', 'ben'), false],
    ['a system for anybody', who('system'), true],
  ] as const)('%s: %s %s', (_, principal, expected) => {
    expect(mayActFor(principal, 'ana').ok).toBe(expected);
  });
});

const believing = async () => done({ sub: 'u-1', patient: 'ana', scope: 'a' });
const { verify, issue, issueExpired } = memoryTokenVerifier();

const asked = (authorization: string | undefined, verifying = verify) =>
  authorize({ authorization }, { verify: verifying, clients: [], now: () => new Date() });

describe('the authorizer', () => {
  test('hands the principal over', async () => {
    const { isAuthorized, context } = await asked(
      `Bearer ${issue({ sub: 'u-1', patient: 'ana', scope: 'a' })}`,
    );
    expect(isAuthorized).toBe(true);
    expect(JSON.parse(context.principal ?? '')).toEqual({
      kind: 'patient',
      subject: 'u-1',
      patients: ['ana'],
      scopes: ['a'],
    });
  });

  test('denies what is no token of ours', async () => {
    expect(await asked('Bearer abc')).toEqual({ isAuthorized: false, context: {} });
  });

  test.each([
    undefined,
    '',
    'abc',
    'Basic abc',
    'Bearer',
    'Bearer a b',
    `Bearer ${'a'.repeat(9000)}`,
  ])('denies %j without looking', async (header) => {
    expect((await asked(header, believing)).isAuthorized).toBe(false);
  });

  test('passes on the refusal of a genuine token, and no principal with it', async () => {
    expect(await asked(`Bearer ${issueExpired()}`)).toEqual({
      isAuthorized: true,
      context: { refusal: 'edge/token-expired' },
    });
    expect(await asked(`bearer ${issue({ sub: 'x' })}`)).toEqual({
      isAuthorized: true,
      context: { refusal: 'edge/forbidden' },
    });
  });
});
