import { describe, expect, test } from '@jest/globals';
import { mayActFor, mayCall } from '../../shared/edge/identity/access.ts';
import { authorize } from '../../shared/edge/identity/authorize.ts';
import type { Claims } from '../../shared/edge/identity/claims.ts';
import { actorOf, principalOf, type Principal } from '../../shared/edge/identity/principal.ts';
import { done, fail } from '../../shared/outcome.ts';
import { identityOf, issuersBeside, SILENT } from '../support/issuers.ts';
import { memoryMetrics } from '../support/memory/metrics.ts';
import { memoryTokenVerifier } from '../support/memory/token-verifier.ts';

const [BY_DEFAULT] = issuersBeside();
const read = (claims: Claims, issuer = BY_DEFAULT!) => principalOf(claims, issuer);

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
    expect(read({ ...claims })).toMatchObject({ ok: true, value: { kind } });
  });

  test('with its patients and scopes, whatever the issuer calls them', () => {
    const principal = {
      kind: 'patient',
      subject: 'u-1',
      patients: ['ana'],
      scopes: ['consent.write', 'request.read'],
    };
    const scope = 'transmit/consent.write transmit/request.read';
    expect(read({ ...SUB, patient: 'ana' })).toEqual(done(principal));
    expect(read({ ...SUB, patient: ['ana'], scope })).toEqual(done(principal));
    const scp = ['consent.write', 'request.read'];
    expect(read({ sub: 'u-1', scp, patient: 'ana' })).toEqual(done(principal));
  });

  const nobody: readonly (readonly [string, object])[] = [
    ['a patient who is two', { ...SUB, patient: ['ana', 'ben'] }],
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
    expect(read({ ...claims })).toEqual(fail('edge/forbidden'));
  });
});

const issuer = (differing: object) =>
  issuersBeside(undefined, {
    issuers: [{ name: 'clinic', url: 'https://clinic.example', audiences: ['a'], ...differing }],
  })[1]!;

describe('the issuer of a token', () => {
  test('stands before the subject, so that nobody is taken for another’s', () => {
    const byClinic = read({ sub: 'u-1', patient: 'ana' }, issuer({}));
    expect(byClinic).toMatchObject({ value: { subject: 'clinic u-1' } });
    expect(read({ sub: 'clinic u-1', patient: 'ana' })).toEqual(fail('edge/forbidden'));
    expect(read({ sub: 'u-1', patient: 'ana' })).toMatchObject({ value: { subject: 'u-1' } });
  });

  test('edge/forbidden: speaks for those that it may speak for', () => {
    const portal = issuer({ kinds: ['patient', 'representative'] });
    expect(read({ ...SUB, patient: 'ana' }, portal).ok).toBe(true);
    expect(read({ ...SUB, patient: 'ana', fhirUser: 'Practitioner/7' }, portal)).toEqual(
      fail('edge/forbidden'),
    );
    expect(read({ sub: 'u-1', scope: 'admin' }, portal)).toEqual(fail('edge/forbidden'));
  });

  test('says it under names of its own, and under no others', () => {
    const claims = { patient: 'custom:pid', person: 'who', scopes: 'rights', relationship: 'rel' };
    const own = issuer({ claims });
    const token = { sub: 'u', 'custom:pid': 'ana', who: 'RelatedPerson/7', rights: 'a', rel: 'x' };
    expect(read({ ...token, patient: 'ben', scope: 'b', relationship: 'y' }, own)).toEqual(
      done({
        kind: 'representative',
        subject: 'clinic u',
        patients: ['ana'],
        scopes: ['a'],
        authority: { relationship: 'x' },
      }),
    );
  });

  test('may say the kind outright; then nothing else does', () => {
    const outright = issuer({ claims: { kind: 'role' } });
    const token = { sub: 'u', azp: 'u', fhirUser: 'Practitioner/7', role: 'system' };
    expect(read(token, outright)).toMatchObject({ value: { kind: 'system' } });
    expect(read({ sub: 'u', role: 'patient' }, outright)).toEqual(fail('edge/forbidden'));
    for (const role of [undefined, 'root', ['system'], 'System']) {
      expect(read({ ...token, role }, outright)).toEqual(fail('edge/forbidden'));
    }
  });
});

describe('the authority of a representative', () => {
  const REPRESENTATIVE = { ...SUB, patient: 'ana', fhirUser: 'RelatedPerson/7' };
  const authorityOf = (more: object) => {
    const principal = read({ ...REPRESENTATIVE, ...more });
    return principal.ok ? actorOf(principal.value).authority : principal.failure.code;
  };

  test('is what the token says, and until when, in UTC', () => {
    const relationship = 'guardian';
    expect(authorityOf({})).toBeUndefined();
    expect(authorityOf({ relationship })).toEqual({ relationship });
    const ends = [1_800_000_000, '2027-01-15T08:00:00Z', '2027-01-15T10:00:00+02:00'];
    for (const end of ends) {
      expect(authorityOf({ relationship, authority_until: end })).toEqual({
        relationship,
        until: '2027-01-15T08:00:00.000Z',
      });
    }
    expect(authorityOf({ relationship, authority_until: '2027-01-15' })).toMatchObject({
      until: '2027-01-15T00:00:00.000Z',
    });
  });

  const illegible: readonly (readonly [object])[] = [
    [{ relationship: 7 }],
    [{ relationship: '' }],
    [{ relationship: 'a\nb' }],
    [{ authority_until: '2027-01-15' }],
    ...['', 'never', -1, 1e15, null, {}, '2027-13-01', '2027-01-15T08:00:00'].map(
      (end) => [{ relationship: 'guardian', authority_until: end }] as const,
    ),
  ];
  test.each(illegible)('edge/forbidden: that cannot be read is none: %j', (claims) => {
    expect(authorityOf(claims)).toBe('edge/forbidden');
  });

  test('makes a representative of whoever has one, and of nobody else', () => {
    expect(read({ ...SUB, patient: 'ana', relationship: 'mother' })).toMatchObject({
      value: { kind: 'representative', authority: { relationship: 'mother' } },
    });
    const provider = read({ ...SUB, fhirUser: 'Practitioner/7', relationship: 'mother' });
    expect(provider).toMatchObject({ value: { kind: 'provider' } });
    expect(provider.ok && actorOf(provider.value)).toEqual({ kind: 'provider', subject: 'u-1' });
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
      expect(read({ ...claims, patient })).toEqual(fail('edge/forbidden'));
    }
  });

  test.each(roles)('%s: without the claim it is read', (_, claims) => {
    expect(read({ ...claims })).toMatchObject({ ok: true, value: { patients: [] } });
  });

  test.each(['Practitioner/7', 'RelatedPerson/7'])('%s may have a hundred', (fhirUser) => {
    const patient = Array.from({ length: 100 }, (__, n) => `p-${n}`);
    expect(read({ ...SUB, fhirUser, patient })).toMatchObject({ value: { patients: patient } });
    expect(read({ ...SUB, fhirUser, patient: 'ana  ben ' })).toMatchObject({
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

const believing = async () =>
  done({ issuer: 'default', claims: { sub: 'u-1', patient: 'ana', scope: 'a' } });
const { verify, issue, issueExpired } = memoryTokenVerifier();

const asked = (authorization: string | undefined, verifying = verify) =>
  authorize(
    { authorization },
    {
      verify: verifying,
      issuers: issuersBeside(),
      revoked: identityOf().revoked,
      clients: [],
      now: () => new Date(),
      metrics: memoryMetrics(),
      log: SILENT,
    },
  );

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
