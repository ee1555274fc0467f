import { createHash, randomBytes } from 'node:crypto';
import { get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { decodeJwt } from 'jose';
import { startIssuer, type Issuer } from '../../../infra/local/world/issuer.ts';
import { isLoopback } from '../../../infra/local/world/sign-in/asked.ts';

const BACK = 'http://127.0.0.1:4242/share';
const verifier = randomBytes(32).toString('base64url');
const ASKED = {
  response_type: 'code',
  client_id: 'portal',
  redirect_uri: BACK,
  state: 'a state & more',
  code_challenge: createHash('sha256').update(verifier).digest('base64url'),
  code_challenge_method: 'S256',
};

let issuer: Issuer;
beforeAll(async () => {
  issuer = await startIssuer();
});
afterEach(() => issuer.grantBy({}));
afterAll(() => issuer.close());

const ask = (query: Record<string, string> | URLSearchParams): Promise<Response> =>
  fetch(`${issuer.url}/authorize?${new URLSearchParams(query).toString()}`, { redirect: 'manual' });

/** Presses a button of the page as a browser does, and says where that leads. */
const press = async (label: string, asked: Record<string, string> = ASKED): Promise<URL> => {
  const page = await (await ask(asked)).text();
  const form = page.split('<form').find((each) => each.includes(`<button>${label}`)) ?? '';
  const fields = [...form.matchAll(/name="(\w+)" value="([^"]*)"/g)].map(
    ([, name = '', value = '']): [string, string] => [name, value.replaceAll('&amp;', '&')],
  );
  const body = new URLSearchParams(fields);
  const answer = await fetch(`${issuer.url}/authorize`, { method: 'POST', body, redirect: 'manual' }); // prettier-ignore
  expect(answer.status).toBe(303);
  return new URL(answer.headers.get('location') ?? '');
};

interface Answer {
  readonly error?: string;
  readonly access_token: string;
  readonly refresh_token: string;
  readonly patient?: string;
  readonly expires_in: number;
}

const takeTo = async (form: Record<string, string>): Promise<Answer> => {
  const body = new URLSearchParams({ client_id: 'portal', ...form });
  const answer = await fetch(`${issuer.url}/token`, { method: 'POST', body });
  return (await answer.json()) as Answer;
};

const exchange = (code: string, changed: Record<string, string> = {}): Promise<Answer> =>
  takeTo({
    grant_type: 'authorization_code',
    code,
    redirect_uri: BACK,
    code_verifier: verifier,
    ...changed,
  });

const codeOf = async (label = 'Ana Lucía Rivera'): Promise<string> =>
  (await press(label)).searchParams.get('code') ?? '';

const renew = (token: string): Promise<Answer> =>
  takeTo({ grant_type: 'refresh_token', refresh_token: token });

const REFUSED = { error: 'invalid_grant' };

describe('sample users sign in', () => {
  test.each([
    ['Ana Lucía Rivera', { patient: 'sample-ana' }, 'sample-ana'],
    ['Samuel Okafor', { patient: 'sample-samuel' }, 'sample-samuel'],
    ['A parent of Ana', { patient: 'sample-ana', relationship: 'parent' }, 'sample-ana'],
    ['The daughter of Samuel', { relationship: 'daughter' }, 'sample-samuel'],
    ['A guardian of both', { patient: 'sample-ana sample-samuel' }, undefined],
    ['Dr. Lee Morgan, with the chart of Ana', { fhirUser: 'Practitioner/local-dr-morgan' }, 'sample-ana'], // prettier-ignore
    ['Dr. Lee Morgan, with the chart of Samuel', { patient: 'sample-samuel' }, 'sample-samuel'],
  ])('%s', async (label, claims, patient) => {
    const back = await press(label);
    expect(back.origin + back.pathname).toBe(BACK);
    expect(back.searchParams.get('state')).toBe('a state & more');
    expect(back.searchParams.get('iss')).toBe(issuer.url);
    const answer = await exchange(back.searchParams.get('code') ?? '');
    expect(answer.patient).toBe(patient);
    expect(decodeJwt(answer.access_token)).toMatchObject({
      ...claims,
      iss: issuer.url,
      aud: issuer.audience,
    });
  });

  test('or do not, and the page is told', async () => {
    const back = await press('Do not sign in');
    expect(back.searchParams.get('error')).toBe('access_denied');
    expect(back.searchParams.get('state')).toBe('a state & more');
    expect(back.searchParams.has('code')).toBe(false);
  });

  test.each(['constructor', '__proto__', 'nobody'])('and nobody is %s', async (user) => {
    const body = new URLSearchParams({ ...ASKED, user });
    const answer = await fetch(`${issuer.url}/authorize`, { method: 'POST', body, redirect: 'manual' }); // prettier-ignore
    const back = new URL(answer.headers.get('location') ?? '');
    expect(back.searchParams.get('error')).toBe('access_denied');
  });

  test('with the scopes asked for that they may have, and no others', async () => {
    const back = await press('Ana', {
      ...ASKED,
      scope: 'openid transmit/consent.read event.write',
    });
    const { access_token: token } = await exchange(back.searchParams.get('code') ?? '');
    expect(decodeJwt(token)).toHaveProperty('scope', 'consent.read');
  });

  test.each([{ max_age: '0' }, { acr_values: 'loa3' }])(
    'anew, where %j asks for it',
    async (more) => {
      const back = await press('Ana', { ...ASKED, ...more });
      const { access_token: token } = await exchange(back.searchParams.get('code') ?? '');
      const { acr, auth_time: at, iat = 0 } = decodeJwt(token);
      expect([acr, iat - Number(at) < 5]).toEqual(['loa3', true]);
    },
  );

  test('on a page that runs no script, cannot be framed, and leads back to who asked only', async () => {
    const { headers } = await ask(ASKED);
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'unsafe-inline'; form-action 'self' http://127.0.0.1:4242; frame-ancestors 'none'",
    );
    expect(headers.get('referrer-policy')).toBe('no-referrer');
  });
});

describe('a question that is no good', () => {
  test.each([
    'https://evil.example/share',
    'http://127.0.0.1.evil.example/',
    'http://127.0.0.1@evil.example/',
    'http://me@127.0.0.1/share',
    'javascript:alert(1)',
    'http://127.0.0.1:4242/share#x',
    '//127.0.0.1/share',
    '',
  ])('leads nobody to %j', async (page) => {
    const answer = await ask({ ...ASKED, redirect_uri: page });
    expect([answer.status, answer.headers.get('location')]).toEqual([400, null]);
    expect(await answer.text()).not.toContain('<form');
  });

  test('leads nowhere when it says something twice', async () => {
    const query = new URLSearchParams(ASKED);
    query.append('redirect_uri', BACK);
    expect((await ask(query)).status).toBe(400);
  });

  test.each([
    { response_type: 'token' },
    { code_challenge: 'short' },
    { code_challenge_method: 'plain' },
    { client_id: '' },
    { max_age: 'soon' },
  ])('goes back with what is wrong: %j', async (wrong) => {
    const answer = await ask({ ...ASKED, ...wrong });
    const back = new URL(answer.headers.get('location') ?? '');
    expect([answer.status, back.searchParams.get('error')]).toEqual([303, 'invalid_request']);
  });

  test('shows as text what it is told', async () => {
    const page = await (await ask({ ...ASKED, state: '"><script>' })).text();
    expect(page).toContain('&quot;&gt;&lt;script&gt;');
    expect(page).not.toContain('<script');
  });
});

describe('a code', () => {
  test.each([
    { code_verifier: randomBytes(32).toString('base64url') },
    { code_verifier: '' },
    { redirect_uri: 'http://127.0.0.1:4242/provider' },
    { client_id: 'another' },
    { code: 'another' },
  ])('is worth nothing with %j', async (wrong) => {
    expect(await exchange(await codeOf(), wrong)).toEqual(REFUSED);
  });

  test('is good once, and a second use ends what the first gave', async () => {
    const code = await codeOf();
    const { refresh_token: refresh } = await exchange(code);
    expect(await exchange(code)).toEqual(REFUSED);
    expect(await renew(refresh)).toEqual(REFUSED);
  });

  test('is worth nothing once somebody tried it without the proof', async () => {
    const code = await codeOf();
    await exchange(code, { code_verifier: '' });
    expect(await exchange(code)).toEqual(REFUSED);
  });

  test('is good for a while only', async () => {
    issuer.grantBy({ codesLastSeconds: -1 });
    expect(await exchange(await codeOf())).toEqual(REFUSED);
  });
});

describe('a refresh token', () => {
  test('gives a token of the same sign-in, and is good once: its second use ends all', async () => {
    issuer.grantBy({ tokensLastSeconds: 5 });
    const first = await exchange(await codeOf());
    // Moments in tokens are whole seconds.
    await sleep(1100);
    const second = await renew(first.refresh_token);
    const [one, other] = [first, second].map(({ access_token: token }) => decodeJwt(token));
    expect(other).toMatchObject({ sub: one?.sub, patient: 'sample-ana' });
    expect(other?.['auth_time']).toBe(one?.['auth_time']);
    expect([first.expires_in, Number(one?.exp) - Number(one?.iat)]).toEqual([5, 5]);
    expect(await renew(first.refresh_token)).toEqual(REFUSED);
    expect(await renew(second.refresh_token)).toEqual(REFUSED);
  });

  test('is good for its client alone', async () => {
    const { refresh_token: refresh } = await exchange(await codeOf());
    const form = { grant_type: 'refresh_token', refresh_token: refresh, client_id: 'another' };
    expect(await takeTo(form)).toEqual(REFUSED);
  });

  test('is given to nobody where there are none', async () => {
    issuer.grantBy({ isRenewable: false });
    expect(await exchange(await codeOf())).not.toHaveProperty('refresh_token');
  });
});

describe('who may read an answer', () => {
  test.each([
    ['http://127.0.0.1:4242', 'http://127.0.0.1:4242'],
    ['http://localhost:3000', 'http://localhost:3000'],
    ['https://evil.example', null],
    ['null', null],
  ])('a page of %s: %s', async (origin, allowed) => {
    const { headers } = await fetch(`${issuer.url}/token`, { method: 'POST', headers: { origin } });
    expect(headers.get('access-control-allow-origin')).toBe(allowed);
  });

  // Where its name leads to this machine after a while, a site is of one origin with us.
  test.each([
    ['127.0.0.1', 200],
    ['localhost:80', 200],
    ['evil.example', 421],
    ['127.0.0.1.evil.example:80', 421],
  ])('who asked for %j: %i', async (host, status) => {
    const asked = new Promise<number | undefined>((answered, failed) => {
      get(issuer.url, { headers: { host } }, (answer) => {
        answer.resume();
        answered(answer.statusCode);
      }).on('error', failed);
    });
    expect(await asked).toBe(status);
  });

  test.each(['http://127.0.0.1.evil.example', 'ftp://127.0.0.1', '127.0.0.1', 'http://[::2]'])(
    'not %s',
    (url) => expect(isLoopback(url)).toBe(false),
  );
});

test('discovery names where to sign in', async () => {
  const answer = await fetch(`${issuer.url}/.well-known/openid-configuration`);
  expect(await answer.json()).toMatchObject({
    authorization_endpoint: `${issuer.url}/authorize`,
    token_endpoint: `${issuer.url}/token`,
    code_challenge_methods_supported: ['S256'],
  });
});
