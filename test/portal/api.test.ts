import { describe, expect, test } from '@jest/globals';
import { GATEWAY_ANSWERS } from '../../shared/gateway-answers.ts';
import { FAILURES } from '../../shared/failures.ts';
import type { Said } from './support/api-server.ts';
import { client, WORDS } from './support/calls.ts';

const UNREACHABLE = {
  ok: false,
  problem: { code: 'portal/unreachable', sentence: WORDS.unreachable, canTryAgain: true },
};
const UNEXPECTED = { code: 'portal/unexpected', sentence: WORDS.unexpected };
const HTML = { headers: { 'content-type': 'text/html' }, body: '<h1>Sign in to this network</h1>' };

/** Says one after the other, and the last of them from then on. */
const saying =
  (...said: readonly Said[]) =>
  (_: unknown, index: number): Said =>
    said[Math.min(index, said.length - 1)] ?? {};

const refusal = (code: keyof typeof FAILURES, headers = {}): Said => ({
  status: FAILURES[code].status,
  headers,
  body: { code, detail: FAILURES[code].says, errors: [{ pointer: '/addresses/0' }] },
});

describe('a call', () => {
  test('says who calls, in which language, and what for', async () => {
    const { call, server } = await client(saying({}), { language: 'es' });
    await call('POST /v1/x', { body: { name: 'Ana' }, key: 'key-1', ifMatch: '"3"' });
    expect(server.got).toMatchObject([
      {
        route: 'POST /v1/x',
        body: '{"name":"Ana"}',
        headers: {
          authorization: 'Bearer token-1',
          'accept-language': 'es',
          'content-type': 'application/json',
          'idempotency-key': 'key-1',
          'if-match': '"3"',
        },
      },
    ]);
  });

  test('has what the API answers', async () => {
    const { call } = await client(saying({ body: { id: 'r-1' } }));
    expect(await call('GET /v1/x')).toEqual({ ok: true, body: { id: 'r-1' } });
  });

  test('has a refusal in the words of the API, and where it points', async () => {
    const { call, server } = await client(saying(refusal('discover/bad-address')));
    expect(await call('POST /v1/x', { key: 'key-1' })).toEqual({
      ok: false,
      problem: {
        code: 'discover/bad-address',
        sentence: FAILURES['discover/bad-address'].says,
        canTryAgain: false,
        pointers: ['/addresses/0'],
      },
    });
    expect(server.got.length).toBe(1);
  });

  test.each([
    ['edge/unavailable', true],
    ['edge/failed', true],
    ['transmission/too-many', true],
    ['consent/outdated-text', false],
    ['transmit-request/too-many-requests', false],
  ] as const)('that is refused with %s may do better later: %s', async (code, canTryAgain) => {
    const { call } = await client(saying(refusal(code)));
    expect(await call('GET /v1/x')).toMatchObject({ problem: { code, canTryAgain } });
  });
});

describe('a network that fails', () => {
  test.each(['GET /v1/x', 'POST /v1/x'])('is tried twice more: %s', async (route) => {
    const { call, server } = await client(saying('hang-up', 'hang-up', { body: { id: 'r-1' } }));
    expect(await call(route, { key: 'key-1' })).toEqual({ ok: true, body: { id: 'r-1' } });
    expect(server.got.map(({ headers }) => headers['idempotency-key'])).toEqual(
      Array(3).fill('key-1'),
    );
  });

  test('is told after the third time', async () => {
    const { call, server } = await client(saying('hang-up'));
    expect(await call('GET /v1/x')).toEqual(UNREACHABLE);
    expect(server.got.length).toBe(3);
  });

  test('is told at once where the same call might do something twice', async () => {
    const { call, server } = await client(saying('hang-up'));
    expect(await call('POST /v1/x', { body: {} })).toEqual(UNREACHABLE);
    expect(server.got.length).toBe(1);
  });

  test('is told where nothing listens', async () => {
    const { call, server } = await client(saying({}));
    await server.close();
    expect(await call('GET /v1/x')).toEqual(UNREACHABLE);
  });

  test('is one that does not answer in time, too', async () => {
    const pace = { answerWithinMs: 50, pausesMs: [1] };
    const { call, server } = await client(saying('silence', { body: { id: 'r-1' } }), { pace });
    expect(await call('GET /v1/x')).toEqual({ ok: true, body: { id: 'r-1' } });
    expect(server.got.length).toBe(2);
  });

  test('is left alone by who left', async () => {
    const left = new AbortController();
    const { call, server } = await client((_, index) => {
      if (index === 0) left.abort();
      return 'silence';
    });
    expect(await call('GET /v1/x', { signal: left.signal })).toEqual(UNREACHABLE);
    expect(server.got.length).toBe(1);
  });
});

describe('an answer that the API did not give', () => {
  test.each(Object.entries(GATEWAY_ANSWERS).filter(([status]) => status !== '401'))(
    'of the gateway, %s, is told in words of ours',
    async (status, { message }) => {
      const { call, server } = await client(saying({ status: Number(status), body: { message } }));
      expect(await call('GET /v1/x')).toEqual({
        ok: false,
        problem: { ...UNEXPECTED, canTryAgain: ['429', '500', '503'].includes(status) },
      });
      expect(server.got.length).toBe(1);
    },
  );

  test.each([
    ['a page', 503, HTML],
    ['a page', 504, HTML],
    ['nothing', 504, { body: '' }],
    ['nothing but JSON', 502, { body: 'null' }],
    ['a page that says all is well', 200, HTML],
    ['half an answer', 200, { body: '{"id":' }],
  ])('but is %s with %i is nobody signed out', async (_, status, said) => {
    const { call } = await client(saying({ ...said, status }));
    expect(await call('POST /v1/x', { key: 'key-1' })).toEqual({
      ok: false,
      problem: { ...UNEXPECTED, canTryAgain: true },
    });
  });

  test('breaks off in the middle: that is the network', async () => {
    const { call, server } = await client(
      saying({ headers: { 'content-length': '100' }, body: '{"id":' }, { body: { id: 'r-1' } }),
      { pace: { answerWithinMs: 100, pausesMs: [1] } },
    );
    expect(await call('GET /v1/x')).toEqual({ ok: true, body: { id: 'r-1' } });
    expect(server.got.length).toBe(2);
  });
});

const busy = (seconds: string): Said =>
  refusal('edge/too-many-requests', { 'retry-after': seconds });

describe('an API that asks to wait', () => {
  test('is waited for when it is short, also by what may happen once only', async () => {
    const { call, server } = await client(saying(busy('0'), busy('1'), { body: { id: 'r-1' } }));
    const startedAt = performance.now();
    expect(await call('POST /v1/x', { body: {} })).toEqual({ ok: true, body: { id: 'r-1' } });
    expect(server.got.length).toBe(3);
    expect(performance.now() - startedAt).toBeGreaterThan(990);
  });

  test.each(['6', '60', 'Mon, 23 Nov 2026 12:00:00 GMT'])(
    'for %s is not: whoever is at the screen is told',
    async (after) => {
      const { call, server } = await client(saying(busy(after), {}));
      const seconds = Number(after);
      expect(await call('GET /v1/x')).toMatchObject({
        problem: {
          code: 'edge/too-many-requests',
          canTryAgain: true,
          ...(seconds && { retryAfterSeconds: seconds }),
        },
      });
      expect(server.got.length).toBe(1);
    },
  );

  test('since the first attempt is under way still is asked again, under the same key', async () => {
    const { call, server } = await client(
      saying('hang-up', refusal('edge/key-in-progress', { 'retry-after': '30' }), {
        body: { id: 'r-1' },
      }),
    );
    expect(await call('POST /v1/x', { key: 'key-1' })).toEqual({ ok: true, body: { id: 'r-1' } });
    expect(server.got.map(({ headers }) => headers['idempotency-key'])).toEqual(
      Array(3).fill('key-1'),
    );
  });

  test('for too long is told, and may be tried again under the same key', async () => {
    const { call, server } = await client(saying(refusal('edge/key-in-progress')));
    expect(await call('POST /v1/x', { key: 'key-1' })).toMatchObject({
      problem: { code: 'edge/key-in-progress', canTryAgain: true },
    });
    expect(server.got.length).toBe(3);
  });
});
