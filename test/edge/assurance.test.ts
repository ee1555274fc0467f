import { describe, expect, test } from '@jest/globals';
import { challenge } from '../../shared/edge/http/challenge.ts';
import { hasSteppedUp, lackingIn } from '../../shared/edge/identity/assurance.ts';
import type { Claims } from '../../shared/edge/identity/claims.ts';
import { authorized, signInWanted } from '../../shared/edge/identity/handed-over.ts';
import { done, fail } from '../../shared/outcome.ts';

const NOW = new Date('2026-11-22T12:00:00Z');
const second = NOW.getTime() / 1000;
const ISSUER = {
  acr: ['loa2', 'loa3'],
  amr: ['mfa', 'hwk'],
  maxAuthAgeSeconds: 3600,
  stepUp: { acr: ['loa3'], maxAuthAgeSeconds: 300 },
};
const STRONG = { acr: 'loa3', amr: ['pwd', 'mfa'], auth_time: second };
const ALWAYS = { always: { acr: ['loa2', 'loa3'], maxAgeSeconds: 3600 } };
const STEP_UP = { stepUp: { acr: ['loa3'], maxAgeSeconds: 300 } };
const lacks = (more: Claims, issuer = ISSUER) =>
  lackingIn({ ...STRONG, ...more }, 'patient', issuer, NOW);

describe('a sign-in', () => {
  test('that shows all that is asked for lacks nothing', () => {
    expect(lacks({})).toEqual({});
    expect(lacks({ auth_time: second - 360 })).toEqual({});
    expect(lacks({ auth_time: second + 60 })).toEqual({});
  });

  test.each([
    ['of another class', { acr: 'loa1' }],
    ['of no class', { acr: undefined }],
    ['of several classes', { acr: ['loa2'] }],
    ['by no method', { amr: undefined }],
    ['by another method', { amr: ['pwd'] }],
    ['an hour and two minutes ago', { auth_time: second - 3720 }],
    ['at an unknown time', { auth_time: undefined }],
    ['at a time that is no number', { auth_time: String(second) }],
    ['in the future', { auth_time: second + 61 }],
  ])('%s is too weak for anything', (_, claims) => {
    expect(lacks(claims)).toEqual(ALWAYS);
  });

  test.each([
    ['of the lesser class', { acr: 'loa2' }],
    ['six minutes ago, and a second', { auth_time: second - 361 }],
  ])('%s is too weak for what asks for step-up', (_, claims) => {
    expect(lacks(claims)).toEqual(STEP_UP);
  });

  test('is not asked of a system, and not where nothing is demanded', () => {
    expect(lackingIn({}, 'system', ISSUER, NOW)).toEqual({});
    expect(lackingIn({}, 'admin', ISSUER, NOW)).toEqual(ALWAYS);
    expect(lackingIn({}, 'patient', { acr: [], amr: [] }, NOW)).toEqual({});
  });
});

const PRINCIPAL = { kind: 'patient', subject: 's', patients: ['ana'], scopes: ['a'] } as const;

test('edge/step-up-needed: where the principal says that more is to be shown', () => {
  expect(hasSteppedUp(PRINCIPAL)).toEqual(done(PRINCIPAL));
  expect(hasSteppedUp({ ...PRINCIPAL, stepUp: { acr: [] } })).toEqual(fail('edge/step-up-needed'));
});

const handed = (more: object) => ({ principal: JSON.stringify({ ...PRINCIPAL, ...more }) });

describe('what the authorizer handed over', () => {
  test('is read as it was written', () => {
    const more = { authority: { relationship: 'mother', until: NOW.toISOString() }, ...STEP_UP };
    expect(authorized(handed(more))).toEqual(done({ ...PRINCIPAL, ...more }));
    expect(signInWanted(handed(more))).toEqual(STEP_UP.stepUp);
    expect(signInWanted(handed({}))).toBeUndefined();
  });

  test.each([
    [{ subject: '' }],
    [{ authority: 'mother' }],
    [{ authority: {} }],
    [{ authority: { relationship: 'mother', until: 'never' } }],
    [{ authority: { relationship: 'mother', until: 7 } }],
    [{ stepUp: true }],
    [{ stepUp: {} }],
    [{ stepUp: { acr: 'loa3' } }],
    [{ stepUp: { acr: [], maxAgeSeconds: '300' } }],
    [{ stepUp: null }],
    [{ patients: 'ana' }],
    [{ scopes: [7] }],
  ])('edge/unauthenticated: with anything that is not as it is written: %j', (more) => {
    expect(authorized(handed(more))).toEqual(fail('edge/unauthenticated'));
    expect(signInWanted(handed(more))).toBeUndefined();
  });

  test('names the sign-in that a refusal wants', () => {
    const signIn = JSON.stringify(ALWAYS.always);
    expect(signInWanted({ refusal: 'edge/sign-in-weak', signIn })).toEqual(ALWAYS.always);
    expect(signInWanted({ refusal: 'edge/sign-in-weak', signIn: '{' })).toBeUndefined();
    expect(signInWanted(undefined)).toBeUndefined();
  });
});

const header = (...asked: Parameters<typeof challenge>) => challenge(...asked)['www-authenticate'];

describe('a challenge', () => {
  const { always: signIn } = ALWAYS;

  test('names the sign-in that is wanted, as far as there is one to name', () => {
    expect(header('edge/sign-in-weak', { signIn })).toBe(
      'Bearer error="insufficient_user_authentication", acr_values="loa2 loa3", max_age="3600"',
    );
    expect(header('edge/step-up-needed', { signIn: { acr: [], maxAgeSeconds: 300 } })).toBe(
      'Bearer error="insufficient_user_authentication", max_age="300"',
    );
    expect(header('edge/step-up-needed', {})).toBe(
      'Bearer error="insufficient_user_authentication"',
    );
  });

  test('says nothing of a sign-in where that is not what is missing', () => {
    expect(header('edge/unauthenticated', { signIn })).toBe('Bearer');
    expect(header('edge/token-revoked', { signIn })).toBe('Bearer error="invalid_token"');
    expect(header('edge/forbidden', { signIn })).toBe(
      'Bearer error="insufficient_scope", scope=""',
    );
    expect(header('edge/not-found', { signIn })).toBeUndefined();
  });
});
