import { createHmac, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Issuer, startIssuer } from '../../../infra/local/world/issuer.ts';
import { tokenVerifier } from '../../../shared/adapters/tokens/token-verifier.ts';
import { type Bearer, verifyTokenContract } from '../../contracts/verify-token.ts';
import { fail } from '../../../shared/outcome.ts';
import type { TokenFault } from '../../../shared/token-fault.ts';
import { issuersBeside } from '../../support/issuers.ts';
import {
  type MemoryTokenVerifier,
  memoryTokenVerifier,
} from '../../support/memory/token-verifier.ts';
import { type Algorithm, signingKeys, startTokenIssuer } from '../../support/token-issuer.ts';

const AUDIENCE = 'direct-transmit';

const verifierOf = (deployed: { readonly url: string; readonly audience: string }) =>
  tokenVerifier(issuersBeside(deployed), () => new Date());

const memoryToken =
  ({ issue, issueExpired }: MemoryTokenVerifier) =>
  async ({ subject, patient, scopes, validSeconds = 3600 }: Bearer) =>
    validSeconds < 0 ? issueExpired() : issue({ sub: subject, patient, scope: scopes.join(' ') });

verifyTokenContract('memory', async () => {
  const believed = memoryTokenVerifier();
  const other = memoryTokenVerifier();
  return {
    verify: believed.verify,
    token: memoryToken(believed),
    strangersToken: memoryToken(other),
    lose: async () => believed.lose(),
    close: async () => undefined,
  };
});

const issuersToken =
  (issuer: Issuer) =>
  (bearer: Bearer): Promise<string> =>
    issuer.token({ kind: 'patient', ...bearer });

verifyTokenContract('the verifier of an issuer found by OpenID discovery', async () => {
  const [believed, other] = await Promise.all([startIssuer(), startIssuer()]);
  return {
    verify: verifierOf(believed),
    token: issuersToken(believed),
    strangersToken: issuersToken(other),
    lose: () => believed.close(),
    close: async () => {
      await Promise.all([believed.close(), other.close()]);
    },
  };
});

/** An issuer, a verifier that believes it, and a token of it that a test may change. */
async function startOddIssuer(algorithm: Algorithm) {
  const keys = await signingKeys(algorithm);
  const issuer = await startTokenIssuer(keys);
  const second = Math.floor(Date.now() / 1000);
  const claims = { sub: 's', iss: issuer.url, aud: AUDIENCE, exp: second + 600 };
  return {
    token: (more: object = {}, header: object = {}) => keys.sign({ ...claims, ...more }, header),
    verify: verifierOf({ url: issuer.url, audience: AUDIENCE }),
    claims,
    second,
    publicPem: keys.publicPem,
    close: () => issuer.close(),
  };
}

type OddIssuer = Awaited<ReturnType<typeof startOddIssuer>>;

const codeOf = async (answer: ReturnType<OddIssuer['verify']>) => {
  const outcome = await answer;
  return outcome.ok ? 'ok' : outcome.failure.code;
};

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('a token', () => {
  let issuer: OddIssuer;
  beforeAll(async () => {
    issuer = await startOddIssuer('RS256');
  });
  afterAll(() => issuer.close());
  const judged = async (more: Readonly<Record<string, unknown>> = {}, header: object = {}) =>
    codeOf(issuer.verify(await issuer.token(more, header)));

  test('of the issuer, for us, in its time, is genuine', async () => {
    expect(await issuer.verify(await issuer.token())).toMatchObject({
      ok: true,
      value: { issuer: 'default', claims: { sub: 's' } },
    });
    expect(await judged({ aud: ['other', AUDIENCE] })).toBe('ok');
    expect(await judged({}, { typ: 'JWT' })).toBe('ok');
  });

  test('is given a minute for clocks that differ, and no second more', async () => {
    expect(await judged({ exp: issuer.second - 50 })).toBe('ok');
    expect(await judged({ nbf: issuer.second + 50 })).toBe('ok');
    expect(await judged({ exp: issuer.second - 61 })).toBe('edge/token-expired');
    expect(await judged({ nbf: issuer.second + 120 })).toBe('edge/token-expired');
    expect(await judged({ iat: issuer.second + 50 })).toBe('ok');
    expect(await judged({ iat: issuer.second + 120 })).toBe('edge/token-expired');
  });

  const strangers: readonly (readonly [TokenFault, string, object, object])[] = [
    ['audience', 'for another audience', { aud: 'other' }, {}],
    ['audience', 'for another audience and expired', { aud: 'other', exp: 1 }, {}],
    ['issuer', 'of another issuer', { iss: 'https://other.example' }, {}],
    ['claims', 'without subject', { sub: undefined }, {}],
    ['claims', 'that never ends', { exp: undefined }, {}],
    ['type', 'of no kind', {}, { typ: undefined }],
    ['type', 'that is no access token', {}, { typ: 'logout+jwt' }],
    ['type', 'of several kinds', {}, { typ: ['at+jwt'] }],
    ['key', 'of an unknown key', {}, { kid: 'other' }],
  ];
  test.each(strangers)(
    'edge/unauthenticated for its %s: one %s',
    async (fault, _, more, header) => {
      expect(await issuer.verify(await issuer.token(more, header))).toEqual(
        fail('edge/unauthenticated', fault),
      );
    },
  );

  test('edge/unauthenticated: no signature, or one with the public key as a secret', async () => {
    const none = `${part({ alg: 'none', typ: 'JWT' })}.${part(issuer.claims)}.`;
    const signed = `${part({ alg: 'HS256', typ: 'JWT', kid: 'k' })}.${part(issuer.claims)}`;
    const mac = createHmac('sha256', issuer.publicPem).update(signed).digest('base64url');
    expect(await codeOf(issuer.verify(none))).toBe('edge/unauthenticated');
    expect(await codeOf(issuer.verify(`${signed}.${mac}`))).toBe('edge/unauthenticated');
  });

  test('edge/unauthenticated: with one claim changed, or no token at all', async () => {
    const [header, , signature] = (await issuer.token()).split('.');
    const forged = Buffer.from(JSON.stringify({ ...issuer.claims, sub: 'admin' }));
    const token = `${header}.${forged.toString('base64url')}.${signature}`;
    for (const each of [token, 'x', 'a.b.c', '..', randomUUID()]) {
      expect(await codeOf(issuer.verify(each))).toBe('edge/unauthenticated');
    }
  });
});

test.each([
  ['ES256', 'ok'],
  ['ES384', 'ok'],
  ['PS256', 'edge/unauthenticated'],
] as const)('a token signed with %s is %s', async (algorithm, expected) => {
  const issuer = await startOddIssuer(algorithm);
  expect(await codeOf(issuer.verify(await issuer.token()))).toBe(expected);
  await issuer.close();
});

describe('the local issuer', () => {
  let issuer: Issuer;
  beforeAll(async () => {
    issuer = await startIssuer();
  });
  afterAll(() => issuer.close());
  const verified = (token: string) => verifierOf(issuer)(token);

  test('gives tokens that say who and what for', async () => {
    const token = await issuer.token({ kind: 'patient', patient: 'ana' });
    expect(await verified(token)).toMatchObject({
      ok: true,
      value: { claims: { patient: 'ana', scope: expect.stringContaining('request.write') } },
    });
    const expired = await issuer.token({ kind: 'system', validSeconds: -120 });
    expect(await codeOf(verified(expired))).toBe('edge/token-expired');
  });

  test('gives one for a form', async () => {
    const body = new URLSearchParams({ kind: 'system', scope: 'event.write' });
    const answer = await fetch(`${issuer.url}/token`, { method: 'POST', body });
    const { access_token: token, token_type: type } = (await answer.json()) as Record<
      string,
      string
    >;
    expect(type).toBe('Bearer');
    expect(await verified(token ?? '')).toMatchObject({
      ok: true,
      value: { claims: { scope: 'event.write' } },
    });
  });

  test.each([{ kind: 'root' }, { kind: 'patient' }, {}])('refuses %j', async (form) => {
    const body = new URLSearchParams(form as Record<string, string>);
    const answer = await fetch(`${issuer.url}/token`, { method: 'POST', body });
    expect(answer.status).toBe(400);
  });
});
