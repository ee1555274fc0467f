import { afterEach, describe, expect, test } from '@jest/globals';
import type { SMTPServerOptions } from 'smtp-server';
import type { Credential } from '../../../shared/adapters/relay-secret.ts';
import { smtpRelay, type SmtpRelayOptions } from '../../../shared/adapters/smtp-relay.ts';
import { ENVELOPE } from '../../contracts/relay.ts';
import { cachedAuthority, issueQuickly } from '../../support/pki.ts';
import { startServer } from '../smtp-relay-servers.ts';
import { forIp, startTokenServer, type TokenAnswer } from './tls-servers.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

/** Over TLS from the first byte; `shown` has what it was shown, and by which mechanism. */
async function server(options: SMTPServerOptions, accepts = (_secret: string) => true) {
  const authority = await cachedAuthority('Relay Authority');
  const { certificatePem, privateKeyPem } = await issueQuickly(authority, forIp(127, 0, 0, 1));
  const shown: string[] = [];
  const started = await startServer({
    secure: true,
    authOptional: false,
    key: privateKeyPem,
    cert: certificatePem,
    onAuth: ({ method, username, password, accessToken }, _session, answer) => {
      const secret = password ?? accessToken ?? '';
      shown.push([method, username, secret].join(' '));
      if (accepts(secret)) answer(null, { user: username });
      else answer(Object.assign(new Error('no'), { responseCode: 535 }));
    },
    ...options,
  });
  closing.push(started.close);
  const submit = async (credentials: readonly Credential[], more: SmtpRelayOptions = {}) => {
    const host = `127.0.0.1:${started.port}`;
    const relay = smtpRelay(`smtps://${host}`, {
      authorities: [authority.certificatePem],
      credentials: async (asked) => (asked === host ? credentials : []),
      keptConnections: 0,
      ...more,
    });
    return () => relay.submit(ENVELOPE);
  };
  return { ...started, shown, submit };
}

const host = 'as it is asked for';
const PASSWORD: Credential = { host, user: 'us@er', password: 'p:ss wörd' };
const TOKEN: Credential = { host, user: 'us@er', accessToken: 'ya29.token' };
const unreadable = () => Promise.reject(new TypeError('the secret has hunter2 in it'));
const taken = expect.objectContaining({ ok: true }) as unknown;
const refused = (code: string, detail: string) => ({ ok: false, failure: { code, detail } });

describe('the SMTP relay shows a server', () => {
  test.each<[string, string[], Credential, string]>([
    ['a password by PLAIN', ['LOGIN', 'PLAIN'], PASSWORD, 'PLAIN us@er p:ss wörd'],
    ['a password by LOGIN, when there is no PLAIN', ['LOGIN'], PASSWORD, 'LOGIN us@er p:ss wörd'],
    ['a token by XOAUTH2', ['PLAIN', 'XOAUTH2'], TOKEN, 'XOAUTH2 us@er ya29.token'],
  ])('%s', async (_title, authMethods, credential, expected) => {
    const { submit, shown } = await server({ authMethods });
    expect(await (await submit([credential]))()).toEqual(taken);
    expect(shown).toEqual([expected]);
  });

  test.each([
    ['a password', ['XOAUTH2', 'CRAM-MD5'], PASSWORD],
    ['a token', ['PLAIN', 'LOGIN'], TOKEN],
  ])('%s in no way that it does not offer', async (_title, authMethods, credential) => {
    const { submit, shown } = await server({ authMethods });
    expect(await (await submit([credential]))()).toEqual(
      refused('deliver/not-authorized', 'EAUTH'),
    );
    expect(shown).toEqual([]);
  });

  test('nothing, when the secret has nothing for it: it says that it wants more', async () => {
    const { submit } = await server({});
    expect(await (await submit([]))()).toEqual(refused('deliver/not-authorized', 'SMTP 530'));
  });

  test('deliver/not-authorized: the secret cannot be read', async () => {
    const { submit } = await server({});
    const submitted = await (await submit([], { credentials: unreadable }))();
    expect(submitted).toMatchObject({ failure: { code: 'deliver/not-authorized' } });
    expect(JSON.stringify(submitted)).toMatch(/"SECRET TypeError[^"]*"/);
    expect(JSON.stringify(submitted)).not.toContain('hunter2');
  });

  test('a certificate, where it wants one', async () => {
    const authority = await cachedAuthority('Relay Authority');
    const ours = await issueQuickly(authority, {
      name: 'sender',
      san: [],
      extendedKeyUsage: ['1.3.6.1.5.5.7.3.2'],
    });
    const { submit } = await server({
      authOptional: true,
      ca: authority.certificatePem,
      requestCert: true,
      rejectUnauthorized: true,
    });
    const certificate = { certificate: ours.certificatePem, privateKey: ours.privateKeyPem };
    expect(await (await submit([{ host, ...certificate }]))()).toEqual(taken);
    const without = await (await submit([]))();
    expect(without).toMatchObject({ failure: { code: 'deliver/unreachable' } });
  });
});

const granted = (text: string): TokenAnswer => ({
  status: 200,
  body: JSON.stringify({ access_token: text, expires_in: 3600, token_type: 'Bearer' }),
});

async function withTokens(answers: readonly TokenAnswer[], accepts?: (token: string) => boolean) {
  const tokens = await startTokenServer(answers);
  closing.push(tokens.close);
  const mail = await server({ authMethods: ['XOAUTH2'] }, accepts);
  const credential: Credential = {
    host,
    user: 'me',
    tokenUrl: tokens.url,
    clientId: 'id',
    clientSecret: 's&cret',
    refreshToken: 'r=1',
  };
  return { tokens, mail, submit: await mail.submit([credential]) };
}

describe('a token that is fetched', () => {
  test('is asked for with the refresh token, and kept for the next connection', async () => {
    const { tokens, mail, submit } = await withTokens([granted('one'), granted('two')]);
    expect([await submit(), await submit()]).toEqual([taken, taken]);
    expect(mail.shown).toEqual(['XOAUTH2 me one', 'XOAUTH2 me one']);
    expect(tokens.asked.map((form) => Object.fromEntries(new URLSearchParams(form)))).toEqual([
      {
        grant_type: 'refresh_token',
        client_id: 'id',
        client_secret: 's&cret',
        refresh_token: 'r=1',
      },
    ]);
  });

  test('that was kept and is refused makes room for a fresh one, once', async () => {
    let good = 'one';
    const answers = ['one', 'two', 'three'].map(granted);
    const { tokens, mail, submit } = await withTokens(answers, (token) => token === good);
    expect(await submit()).toEqual(taken);
    good = 'two';
    expect(await submit()).toEqual(taken);
    good = 'none';
    expect(await submit()).toMatchObject({ failure: { code: 'deliver/not-authorized' } });
    expect(tokens.asked).toHaveLength(3);
    expect(mail.shown.map((each) => each.split(' ').at(-1))).toEqual([
      'one',
      'one',
      'two',
      'two',
      'three',
    ]);
  });

  test('that is fresh and is refused is not asked for again', async () => {
    const { tokens, submit } = await withTokens([granted('one')], () => false);
    expect(await submit()).toMatchObject({ failure: { code: 'deliver/not-authorized' } });
    expect(tokens.asked).toHaveLength(1);
  });

  test.each<[string, string, TokenAnswer]>([
    ['deliver/not-authorized', 'TOKEN 400', { status: 400, body: '{"error":"invalid_grant"}' }],
    ['deliver/unreachable', 'TOKEN 503', { status: 503, body: '' }],
    ['deliver/unreachable', 'TOKEN 429', { status: 429, body: '' }],
    ['deliver/unreachable', 'TOKEN 200', { status: 200, body: '<html>' }],
    ['deliver/unreachable', 'TOKEN 200', { status: 200, body: '{"access_token":"a\\r\\nb"}' }],
    ['deliver/unreachable', 'TOKEN ETOOLONG', { status: 200, body: 'x'.repeat(1024 * 1024) }],
    ['deliver/unreachable', 'TOKEN ECONNRESET', 'close'],
    ['deliver/unreachable', 'TOKEN 307', { status: 307, body: '', location: '/elsewhere' }],
  ])('%s: %s', async (code, detail, answer) => {
    const { mail, tokens, submit } = await withTokens([answer]);
    expect(await submit()).toEqual(refused(code, detail));
    expect([mail.shown, tokens.asked.length]).toEqual([[], 1]);
  });

  test('deliver/unreachable: who gives it shows a certificate that nobody vouches for', async () => {
    const tokens = await startTokenServer([granted('one')], 'Another Authority');
    closing.push(tokens.close);
    const mail = await server({});
    const submit = await mail.submit([
      {
        host,
        user: 'me',
        tokenUrl: tokens.url,
        clientId: 'id',
        clientSecret: 'secret',
        refreshToken: 'refresh',
      },
    ]);
    expect(await submit()).toEqual(
      refused('deliver/unreachable', 'TOKEN UNABLE_TO_VERIFY_LEAF_SIGNATURE'),
    );
    expect(tokens.asked).toEqual([]);
  });
});
