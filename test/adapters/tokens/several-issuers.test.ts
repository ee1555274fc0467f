import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { tokenVerifier } from '../../../shared/adapters/tokens/token-verifier.ts';
import { issuersBeside } from '../../support/issuers.ts';
import {
  type SigningKeys,
  signingKeys,
  startTokenIssuer,
  type TokenIssuer,
} from '../../support/token-issuer.ts';

const NOW = new Date('2026-11-22T12:00:00Z');
const exp = NOW.getTime() / 1000 + 600;

let rsa: SigningKeys;
let curve: SigningKeys;
let portal: TokenIssuer;
let clinic: TokenIssuer;
beforeAll(async () => {
  [rsa, curve] = await Promise.all([signingKeys('RS256'), signingKeys('ES384')]);
  [portal, clinic] = await Promise.all([startTokenIssuer(rsa), startTokenIssuer(curve)]);
});
afterAll(() => Promise.all([portal.close(), clinic.close()]));

/** A verifier of the portal, which is the default, and of the clinic by these rules. */
const believing = (rules: object = {}) =>
  tokenVerifier(
    issuersBeside(
      { url: portal.url, audience: 'portal-api' },
      { issuers: [{ name: 'clinic', url: clinic.url, audiences: ['clinic-api'], ...rules }] },
    ),
    () => NOW,
  );

const judged = async (token: Promise<string>, rules?: object) => {
  const outcome = await believing(rules)(await token);
  return outcome.ok ? outcome.value.issuer : outcome.failure.code;
};

const ofPortal = (more = {}) =>
  rsa.sign({ sub: 's', iss: portal.url, aud: 'portal-api', exp, ...more });
const ofClinic = (more = {}, header = {}) =>
  curve.sign({ sub: 's', iss: clinic.url, aud: 'clinic-api', exp, ...more }, header);

describe('of several issuers', () => {
  test('each is believed by its own keys, for its own audiences', async () => {
    expect(await judged(ofPortal())).toBe('default');
    expect(await judged(ofClinic())).toBe('clinic');
    expect(await judged(ofClinic({ aud: 'portal-api' }))).toBe('edge/unauthenticated');
    expect(await judged(ofPortal({ aud: 'clinic-api' }))).toBe('edge/unauthenticated');
  });

  test('edge/unauthenticated: none speaks for another, or for one that nobody knows', async () => {
    expect(await judged(ofPortal({ iss: clinic.url }))).toBe('edge/unauthenticated');
    expect(await judged(ofClinic({ iss: portal.url }))).toBe('edge/unauthenticated');
    for (const iss of [`${portal.url}/`, 'https://other.example', undefined, 7, [portal.url]]) {
      expect(await judged(ofPortal({ iss }))).toBe('edge/unauthenticated');
    }
  });

  test('each signs only as it may', async () => {
    expect(await judged(ofClinic(), { algorithms: ['ES384'] })).toBe('clinic');
    expect(await judged(ofClinic(), { algorithms: ['RS256', 'ES256'] })).toBe(
      'edge/unauthenticated',
    );
  });

  test('one that is lost is no loss to the others', async () => {
    const lost = await startTokenIssuer(curve);
    await lost.close();
    const verify = tokenVerifier(
      issuersBeside(
        { url: lost.url, audience: 'a' },
        { issuers: [{ name: 'portal', url: portal.url, audiences: ['portal-api'] }] },
      ),
      () => NOW,
    );
    await expect(
      verify(await curve.sign({ sub: 's', iss: lost.url, aud: 'a', exp })),
    ).rejects.toThrow('fetch failed');
    expect(await verify(await ofPortal())).toMatchObject({ ok: true, value: { issuer: 'portal' } });
  });
});

describe('an issuer of the form of Cognito', () => {
  const cognito = { form: 'cognito', audiences: ['client-1', 'client-2'] };
  const access = { aud: undefined, token_use: 'access', client_id: 'client-2' };
  const untyped = { typ: undefined };

  test('names no type and no audience, but the client that asked', async () => {
    expect(await judged(ofClinic(access, untyped), cognito)).toBe('clinic');
  });

  test.each([
    ['an ID token', { ...access, token_use: 'id' }],
    ['an ID token for the client', { token_use: 'id', aud: 'client-2', client_id: undefined }],
    ['a token of no use', { ...access, token_use: undefined }],
    ['a token of another client', { ...access, client_id: 'client-3' }],
    ['a token of no client', { ...access, client_id: undefined }],
    ['a token for a client as its audience', { ...access, client_id: undefined, aud: 'client-1' }],
  ])('edge/unauthenticated: %s', async (_, claims) => {
    expect(await judged(ofClinic(claims, untyped), cognito)).toBe('edge/unauthenticated');
  });
});
