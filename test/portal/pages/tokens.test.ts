import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { startIssuer, type Issuer } from '../../../infra/local/world/issuer.ts';
import { bearerOf } from '../../../portal/pages/sign-in/bearer.ts';
import { samePerson } from '../../../portal/pages/sign-in/held-tokens.ts';
import { newProof, type Proof } from '../../../portal/pages/sign-in/proof.ts';
import { questionUrl } from '../../../portal/pages/sign-in/question.ts';
import {
  type Tokens,
  tokensAnew,
  tokensForCode,
  tokensIn,
} from '../../../portal/pages/sign-in/tokens.ts';

const BACK = 'http://127.0.0.1:4242/share';

const jwt = (claims: unknown): string =>
  ['{}', JSON.stringify(claims), 'signature']
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.');

describe('with the issuer', () => {
  let issuer: Issuer;
  beforeAll(async () => {
    issuer = await startIssuer();
  });
  afterAll(() => issuer.close());
  const service = () => ({
    clientId: 'portal',
    authorizeUrl: `${issuer.url}/authorize`,
    tokenUrl: `${issuer.url}/token`,
    scope: 'consent.read',
  });

  /** As whoever presses the button of the page. */
  const codeFor = async (user: string, proof: Proof): Promise<string> => {
    const url = new URL(await questionUrl(service(), BACK, proof, { language: 'en' }));
    url.searchParams.set('user', user);
    const form = { method: 'POST', body: url.searchParams, redirect: 'manual' } as const;
    const answer = await fetch(`${issuer.url}/authorize`, form);
    return new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? '';
  };

  test.each([
    ['ana', { subject: 'local-patient-sample-ana', patients: ['sample-ana'] }],
    ['guardian', { subject: 'local-guardian', patients: ['sample-ana', 'sample-samuel'] }],
    ['provider-samuel', { subject: 'local-dr-morgan', patients: ['sample-samuel'] }],
  ])('%s has a token, and for whom it is', async (user, bearer) => {
    const proof = newProof();
    const tokens = await tokensForCode(service(), BACK, await codeFor(user, proof), proof);
    expect(tokens).toEqual({
      ok: true,
      value: { access: expect.any(String), refresh: expect.any(String), ...bearer },
    });
  });

  test('a code that was used is told as such', async () => {
    const proof = newProof();
    const code = await codeFor('ana', proof);
    await tokensForCode(service(), BACK, code, proof);
    expect(await tokensForCode(service(), BACK, code, proof)).toEqual({ ok: false, trouble: 'used' }); // prettier-ignore
  });

  test('a token is renewed for the same patients', async () => {
    const proof = newProof();
    const first = await tokensForCode(service(), BACK, await codeFor('ana', proof), proof);
    if (!first.ok) throw new Error(first.trouble);
    const { access, refresh, ...bearer } = first.value;
    expect(await tokensAnew(service(), first.value)).toMatchObject({
      ok: true,
      value: { access: expect.not.stringMatching(access), refresh: expect.any(String), ...bearer },
    });
    expect(refresh).toEqual(expect.any(String));
    expect(await tokensAnew(service(), first.value)).toEqual({ ok: false, trouble: 'used' });
  });
});

/** Where somebody else would get the code, and give a token of theirs. */
const elsewhere: RequestListener = ({ url }, response) =>
  url === '/token'
    ? response.writeHead(307, { location: '/theirs' }).end()
    : response.end('{"access_token":"theirs"}');

describe('with an endpoint that is not well', () => {
  let close: (() => void) | undefined;
  afterEach(() => close?.());
  const askOf = async (listener: RequestListener) => {
    const server = createServer(listener);
    await new Promise<void>((up) => {
      server.listen(0, '127.0.0.1', up);
    });
    close = () => void server.close();
    const tokenUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`;
    const service = { clientId: 'portal', authorizeUrl: tokenUrl, tokenUrl, scope: '' };
    return tokensForCode(service, BACK, 'code', newProof());
  };

  test.each<[string, RequestListener, string]>([
    ['an error of its own', (_, response) => response.writeHead(503).end('{}'), 'unreachable'],
    ['a page', (_, response) => response.end('<html>'), 'unreachable'],
    ['no token', (_, response) => response.end('{"access_token": 7}'), 'unreachable'],
    ['another place', elsewhere, 'unreachable'],
    ['nothing', (request) => request.destroy(), 'unreachable'],
    ['a refusal', (_, response) => response.writeHead(400).end('{"error":"invalid_grant"}'), 'used'], // prettier-ignore
  ])('that answers with %s', async (_, listener, trouble) => {
    expect(await askOf(listener)).toEqual({ ok: false, trouble });
  });
});

describe('for whom a token is', () => {
  test.each([
    [{ sub: 's', patient: 'ana' }, undefined, { subject: 's', patients: ['ana'] }],
    [{ sub: 's', patient: 'ana' }, 'samuel', { subject: 's', patients: ['samuel'] }],
    [{ patient: ' ana  samuel ana ' }, '', { subject: undefined, patients: ['ana', 'samuel'] }],
    [{ patient: ['ana', 7, ' '] }, undefined, { subject: undefined, patients: ['ana'] }],
    [{ patient: {}, sub: 7 }, {}, { subject: undefined, patients: [] }],
    [null, undefined, { subject: undefined, patients: [] }],
    [{ patient: 'añá/../x' }, undefined, { subject: undefined, patients: ['añá/../x'] }],
  ])('%j with %j beside it', (claims, told, bearer) =>
    expect(bearerOf(jwt(claims), told)).toEqual(bearer),
  );

  test('by the claim that the deployment names', () => {
    expect(bearerOf(jwt({ patient: 'a', who: 'b' }), undefined, 'who').patients).toEqual(['b']);
  });

  test.each(['', 'opaque', 'a.b.c', '..', 'a.%%%.c'])('of %j nothing is known', (access) =>
    expect(bearerOf(access, undefined)).toEqual({ subject: undefined, patients: [] }),
  );

  test('and a refresh token that is none is left out', () => {
    expect(tokensIn({ access_token: 'x', refresh_token: 7, patient: 'ana' })).toEqual({
      ok: true,
      value: { access: 'x', subject: undefined, patients: ['ana'] },
    });
  });
});

describe('who signs in again in mid-flow', () => {
  const before: Tokens = { access: 'old', subject: 'mum', patients: ['ana'] };
  const again = (anew: Partial<Tokens>) =>
    samePerson(before, { ok: true, value: { access: 'new', subject: 'mum', patients: [], ...anew } }); // prettier-ignore

  test.each([{ patients: ['ana'] }, { patients: [] }, { patients: ['samuel', 'ana'] }])(
    'is the same with %j',
    (anew) => expect(again(anew)).toMatchObject({ ok: true, value: { access: 'new', patients: ['ana'] } }), // prettier-ignore
  );

  test.each([{ patients: ['samuel'] }, { subject: 'dad' }, { subject: undefined }])(
    'is somebody else with %j',
    (anew) => expect(again(anew)).toEqual({ ok: false, trouble: 'other' }),
  );
});
