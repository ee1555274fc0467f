import { describe, expect, test } from '@jest/globals';
import { callerOf } from '../../portal/api/client.ts';
import { reasonIn, Token } from '../../portal/api/token.ts';
import type { TokenReason } from '../../portal/share-with-direct.types.ts';
import { challenge } from '../../shared/edge/http/challenge.ts';
import { fail, type Failure } from '../../shared/outcome.ts';
import { problem } from '../../shared/edge/http/problem.ts';
import type { SignIn } from '../../shared/edge/identity/assurance.ts';
import type { FailureCode } from '../../shared/failures.ts';
import type { Got, Said } from './support/api-server.ts';
import { client, WORDS } from './support/calls.ts';

/** A refusal as the API words it. */
function refused(code: FailureCode, signIn?: SignIn): Said {
  const said = problem((fail(code) as { readonly failure: Failure }).failure, {
    requestId: 'r-1',
    language: 'en',
    ...(signIn && { signIn }),
  });
  return {
    status: said.statusCode as number,
    headers: said.headers as Record<string, string>,
    body: said.body ?? '',
  };
}

const bearerOf = ({ headers }: Got): string => (headers.authorization ?? '').replace('Bearer ', '');

/** Takes every token but these. */
const refusing =
  (...tokens: readonly string[]) =>
  (got: Got): Said =>
    tokens.includes(bearerOf(got))
      ? refused('edge/token-expired')
      : { body: { by: bearerOf(got) } };

const SIGNED_OUT = {
  ok: false,
  problem: { code: 'portal/signed-out', sentence: WORDS.signedOut, canTryAgain: true },
};

describe('a token', () => {
  test('is asked for once, and kept', async () => {
    const { call, asked, server } = await client(refusing());
    await Promise.all([call('GET /1'), call('GET /2')]);
    await call('GET /3');
    expect(asked).toEqual([{ kind: 'first' }]);
    expect(server.got.map(bearerOf)).toEqual(['token-1', 'token-1', 'token-1']);
  });

  test('that is refused is renewed once, for all the calls that wait for it', async () => {
    const { call, asked } = await client(refusing('token-1'));
    const answers = await Promise.all(['GET /1', 'GET /2', 'GET /3'].map((route) => call(route)));
    expect(answers).toEqual(answers.map(() => ({ ok: true, body: { by: 'token-2' } })));
    expect(asked).toEqual([{ kind: 'first' }, { kind: 'expired' }]);
  });

  test('is not renewed for a call that was refused the one before', async () => {
    const late = Promise.withResolvers<void>();
    const { call, asked } = await client(async (got) => {
      if (got.route === 'GET /late' && bearerOf(got) === 'token-1') await late.promise;
      return refusing('token-1')(got);
    });
    const waiting = call('GET /late');
    await call('GET /1');
    late.resolve();
    expect(await waiting).toEqual({ ok: true, body: { by: 'token-2' } });
    expect(asked.length).toBe(2);
  });

  test('keeps what was wished for: the call after it has the same key and body', async () => {
    const { call, server } = await client(refusing('token-1'));
    await call('POST /v1/x', { body: { name: 'Ana' }, key: 'key-1' });
    const sent = ['key-1', '{"name":"Ana"}'];
    expect(server.got.map(({ body, headers }) => [headers['idempotency-key'], body])).toEqual([
      sent,
      sent,
    ]);
  });

  test('that is refused when it is new ends the sign-in, and the next call asks again', async () => {
    const { call, asked } = await client(refusing('token-1', 'token-2'));
    expect(await call('POST /v1/x', { key: 'key-1' })).toEqual(SIGNED_OUT);
    expect(await call('POST /v1/x', { key: 'key-1' })).toMatchObject({ body: { by: 'token-3' } });
    expect(asked.map(({ kind }) => kind)).toEqual(['first', 'expired', 'expired']);
  });
});

describe('a page without a token', () => {
  test.each([
    ['rejects', () => Promise.reject(new Error('closed'))],
    ['rejects as a network that fails', () => Promise.reject(new TypeError('fetch failed'))],
    [
      'breaks off at once',
      () => {
        throw new Error('not ready');
      },
    ],
  ])('that %s is signed out, and is asked again later', async (_, token) => {
    let isReady = false;
    const { call, asked, server } = await client(refusing(), {
      token: () => (isReady ? Promise.resolve('token-9') : token()),
    });
    expect(await call('GET /1')).toEqual(SIGNED_OUT);
    expect(server.got).toEqual([]);
    isReady = true;
    expect(await call('GET /1')).toEqual({ ok: true, body: { by: 'token-9' } });
    expect(asked).toEqual([{ kind: 'first' }, { kind: 'first' }]);
  });

  test('for a token that was refused is asked again as for one that is over', async () => {
    const gives = [Promise.resolve('token-1'), undefined, Promise.resolve('token-2')];
    const { call, asked } = await client(refusing('token-1'), {
      token: () => gives.shift() ?? Promise.reject(new Error('closed')),
    });
    expect(await call('GET /1')).toEqual(SIGNED_OUT);
    expect(await call('GET /1')).toMatchObject({ ok: true });
    expect(asked.map(({ kind }) => kind)).toEqual(['first', 'expired', 'expired']);
  });

  test('is told so by a property that was never set', async () => {
    const { server } = await client(refusing());
    const token = new Token(() => undefined);
    const call = callerOf({ origin: server.origin, token, language: 'en', words: WORDS });
    expect(await call('GET /1')).toEqual(SIGNED_OUT);
    expect(server.got).toEqual([]);
  });
});

test('that several calls were refused at the same moment is asked for once', async () => {
  const asked: TokenReason[] = [];
  const token = new Token(() => (reason) => Promise.resolve(`token-${asked.push(reason)}`));
  const refusedOne = await token.get();
  const renewed = [1, 2, 3].map(() => token.renew(refusedOne, { kind: 'expired' }));
  expect(await Promise.all(renewed)).toEqual(['token-2', 'token-2', 'token-2']);
  expect(asked).toEqual([{ kind: 'first' }, { kind: 'expired' }]);
});

test('another source is asked anew, and not given what the last one gave', async () => {
  const asked: TokenReason[] = [];
  const token = new Token(() => (reason) => Promise.resolve(`token-${asked.push(reason)}`));
  expect([await token.get(), await token.get()]).toEqual(['token-1', 'token-1']);
  token.forget();
  expect(await token.get()).toBe('token-2');
  expect(asked).toEqual([{ kind: 'first' }, { kind: 'first' }]);
});

const inChallenge = (code: FailureCode, signIn?: SignIn): TokenReason =>
  reasonIn(challenge(code, signIn ? { signIn } : {})['www-authenticate'] ?? '');

describe('the reason for a new token', () => {
  test.each(['edge/token-expired', 'edge/token-revoked', 'edge/unauthenticated'] as const)(
    'after %s is that the last one is over',
    (code) => {
      expect(inChallenge(code)).toEqual({ kind: 'expired' });
    },
  );

  test.each(['edge/sign-in-weak', 'edge/step-up-needed'] as const)(
    'after %s is the sign-in that the API asks for',
    (code) => {
      expect(inChallenge(code, { acr: ['loa2', 'loa3'], maxAgeSeconds: 300 })).toEqual({
        kind: 'step-up',
        acrValues: 'loa2 loa3',
        maxAgeSeconds: 300,
      });
      expect(inChallenge(code, { acr: ['loa3'] })).toEqual({ kind: 'step-up', acrValues: 'loa3' });
      expect(inChallenge(code, { acr: [], maxAgeSeconds: 0 })).toEqual({
        kind: 'step-up',
        maxAgeSeconds: 0,
      });
    },
  );

  test('is read where a gateway writes a number without quotes', () => {
    const written = 'Bearer error="insufficient_user_authentication", max_age=60';
    expect(reasonIn(written)).toEqual({ kind: 'step-up', maxAgeSeconds: 60 });
  });

  test('reaches the page', async () => {
    const { call, asked } = await client((got) =>
      bearerOf(got) === 'token-1'
        ? refused('edge/step-up-needed', { acr: ['loa3'], maxAgeSeconds: 300 })
        : {},
    );
    expect(await call('POST /v1/x', { key: 'key-1' })).toEqual({ ok: true, body: {} });
    expect(asked[1]).toEqual({ kind: 'step-up', acrValues: 'loa3', maxAgeSeconds: 300 });
  });
});
