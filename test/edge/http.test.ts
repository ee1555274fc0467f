import { describe, expect, test } from '@jest/globals';
import type { Context } from 'aws-lambda';
import { mediaTypeOf, withJson } from '../../shared/edge/http/body.ts';
import type { Schema } from '../../shared/edge/http/body.ts';
import { onHttp } from '../../shared/edge/http.ts';
import { jsonLog } from '../../shared/log.ts';
import { done, fail } from '../../shared/outcome.ts';
import { memoryDoor } from '../support/memory/door.ts';

const ROUTES = [
  { method: 'GET', path: '/open', scopes: [], kinds: ['any'] },
  { method: 'GET', path: '/closed', scopes: ['a', 'b'], kinds: ['system'] },
  { method: 'POST', path: '/body', scopes: ['a'], kinds: ['system'] },
  { method: 'GET', path: '/refused', scopes: [], kinds: ['any'] },
  { method: 'GET', path: '/broken', scopes: [], kinds: ['any'] },
  { method: 'GET', path: '/slow', scopes: [], kinds: ['any'] },
] as const;

const PRINCIPAL = { kind: 'system', subject: 's', patients: [], scopes: ['a', 'b'] };
const ANYTHING: Schema<unknown> = { safeParse: (data) => ({ success: true, data }) };
const SECRET = 'Ana Rivera, MRN-0001';

function makeEdge() {
  const lines: string[] = [];
  const handler = onHttp(
    ROUTES,
    {
      'GET /open': async ({ headers, query }) =>
        done({ status: 200, body: { header: headers['x'], query } }),
      'GET /closed': async ({ principal }) => done({ status: 200, body: principal }),
      'POST /body': withJson(ANYTHING, async (_, body) => done({ status: 200, body: { body } })),
      'GET /refused': async () => fail('discover/unreachable', SECRET),
      'GET /broken': async () => {
        throw new Error(SECRET);
      },
      'GET /slow': () => new Promise(() => {}),
    },
    { log: jsonLog((line) => lines.push(line), 'test'), door: memoryDoor(() => new Date()) },
  );
  const ask = async (routeKey: string, more: object = {}, remainingMs = 10_000) => {
    const event = { routeKey, headers: {}, requestContext: authorizer(PRINCIPAL), ...more };
    const context = { awsRequestId: 'r-1', getRemainingTimeInMillis: () => remainingMs };
    const result = await handler(event as never, context as Context);
    return { ...result, json: JSON.parse(result.body ?? '') };
  };
  return { ask, lines };
}

const authorizer = (principal: unknown) => ({
  authorizer: { lambda: { principal: JSON.stringify(principal) } },
});

describe('the edge', () => {
  test('answers a public route without any principal, and lets nothing lie in a cache', async () => {
    const answered = await makeEdge().ask('GET /open', {
      requestContext: {},
      headers: { x: 'y' },
    });
    expect(answered).toMatchObject({
      statusCode: 200,
      headers: { 'cache-control': 'no-store', 'content-type': 'application/json' },
      json: { header: 'y', query: {} },
    });
  });

  test('hands the query to the action, decoded by the gateway', async () => {
    const more = { queryStringParameters: { title: 'a b' } };
    expect((await makeEdge().ask('GET /open', more)).json).toEqual({ query: { title: 'a b' } });
  });

  test.each([
    [undefined, '', undefined],
    ['text/plain', 'text/plain', undefined],
    ['Text/Plain ; Format=flowed; Charset="UTF-8" ', 'text/plain', 'utf-8'],
    ['text/plain;charset=', 'text/plain', ''],
    ['text/plain;xcharset=utf-8', 'text/plain', undefined],
  ])('reads the Content-Type %s', (text, type, charset) => {
    expect(mediaTypeOf(text)).toEqual({ type, charset });
  });

  test('hands the principal to the action', async () => {
    expect((await makeEdge().ask('GET /closed')).json).toEqual(PRINCIPAL);
  });

  test('edge/not-found: a route that is not its own', async () => {
    for (const routeKey of ['GET /other', '$default', 'POST /open', 'toString']) {
      expect((await makeEdge().ask(routeKey)).json).toMatchObject({ code: 'edge/not-found' });
    }
  });

  test('edge/forbidden: one of two scopes is not both', async () => {
    const requestContext = authorizer({ ...PRINCIPAL, scopes: ['a'] });
    const answered = await makeEdge().ask('GET /closed', { requestContext });
    expect(answered).toMatchObject({
      statusCode: 403,
      headers: { 'www-authenticate': 'Bearer error="insufficient_scope", scope="a b"' },
      json: { code: 'edge/forbidden' },
    });
  });

  test.each([
    ['no authorizer', {}],
    ['an empty context', { authorizer: { lambda: {} } }],
    ['no context', { authorizer: {} }],
    ['a principal that is no JSON', { authorizer: { lambda: { principal: '{' } } }],
    ['a principal of no kind', authorizer({ ...PRINCIPAL, kind: 'root' })],
    ['a principal without scopes', authorizer({ ...PRINCIPAL, scopes: undefined })],
    ['a principal that is a text', authorizer('system')],
    ['a principal that is nothing', authorizer(undefined)],
    ['a refusal that is no code', { authorizer: { lambda: { refusal: 'sorry' } } }],
    [
      'a principal beside an unknown refusal',
      { authorizer: { lambda: { principal: JSON.stringify(PRINCIPAL), refusal: '' } } },
    ],
  ])('edge/unauthenticated: %s', async (_, requestContext) => {
    const answered = await makeEdge().ask('GET /closed', { requestContext });
    expect(answered).toMatchObject({ statusCode: 401, json: { code: 'edge/unauthenticated' } });
  });

  test('a refusal beside a principal wins', async () => {
    const lambda = { principal: JSON.stringify(PRINCIPAL), refusal: 'edge/token-expired' };
    const answered = await makeEdge().ask('GET /closed', {
      requestContext: { authorizer: { lambda } },
    });
    expect(answered.json.code).toBe('edge/token-expired');
  });

  test('a refusal is a problem with the sentence of its code, never with its detail', async () => {
    const { ask, lines } = makeEdge();
    const answered = await ask('GET /refused');
    expect(answered).toMatchObject({
      statusCode: 503,
      headers: { 'content-type': 'application/problem+json', 'retry-after': '5' },
    });
    expect(answered.json).toEqual({
      type: '/problems/discover/unreachable',
      title: 'discover unreachable',
      status: 503,
      detail: 'The directory of the recipient does not answer.',
      code: 'discover/unreachable',
      remedy: expect.any(String),
      requestId: 'r-1',
    });
    expect(lines.join('')).not.toContain(SECRET);
  });

  test('edge/failed: a throw is answered and logged by its place, never by its words', async () => {
    const { ask, lines } = makeEdge();
    const answered = await ask('GET /broken');
    expect(answered).toMatchObject({
      statusCode: 500,
      json: { code: 'edge/failed', requestId: 'r-1' },
    });
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { event: 'http-failed', errorName: expect.stringContaining('http.test.ts') },
    ]);
    expect(answered.body + lines.join('')).not.toContain('Rivera');
  });

  test('edge/unavailable: an action that Lambda is about to cut off', async () => {
    const answered = await makeEdge().ask('GET /slow', {}, 520);
    expect(answered).toMatchObject({ statusCode: 503, json: { code: 'edge/unavailable' } });
  });

  test('logs the pattern of the route, never the path', async () => {
    const { ask, lines } = makeEdge();
    await ask('GET /open', { rawPath: '/patients/MRN-0001', pathParameters: { id: 'MRN-0001' } });
    expect(JSON.parse(lines[0]!)).toEqual({
      level: 'INFO',
      function: 'test',
      event: 'http-answered',
      awsRequestId: 'r-1',
      route: 'GET /open',
      status: 200,
    });
  });
});

const encoded = (coding: string) =>
  makeEdge().ask('POST /body', {
    body: '{}',
    headers: { 'content-type': 'application/json', 'content-encoding': coding },
  });

describe('content that is encoded', () => {
  test.each(['gzip', 'br', 'GZIP', 'identity, gzip', 'x'])(
    'edge/unsupported-media: by %s',
    async (coding) => {
      expect((await encoded(coding)).json).toMatchObject({ code: 'edge/unsupported-media' });
    },
  );

  test.each(['identity', '', ' Identity '])('is taken when it is not: %j', async (coding) => {
    expect((await encoded(coding)).statusCode).toBe(200);
  });
});

const post = (body: string, type = 'application/json') =>
  makeEdge().ask('POST /body', { body, headers: { 'content-type': type } });
const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

describe('a JSON body', () => {
  test('is read, with or without a charset, as text or in base64', async () => {
    expect((await post('{"a":"é"}')).json).toEqual({ body: { a: 'é' } });
    expect((await post('{}', 'Application/JSON; charset=utf-8')).statusCode).toBe(200);
    const body = Buffer.from('{"a":"é"}').toString('base64');
    const more = { body, isBase64Encoded: true, headers: { 'content-type': 'application/json' } };
    expect((await makeEdge().ask('POST /body', more)).json).toEqual({ body: { a: 'é' } });
  });

  test.each([
    ['not-json', 'no JSON', '{"a":'],
    ['not-json', 'nothing', ''],
    ['too-deep', '17 arrays', nested(17)],
    ['too-deep', '100 000 arrays', nested(100_000)],
    ['too-many-values', '20 000 numbers', JSON.stringify(Array(20_000).fill(1))],
    ['forbidden-name', '__proto__', '{"a":{"__proto__":{"kind":"admin"}}}'],
    ['forbidden-name', 'constructor', '{"constructor":{"prototype":{}}}'],
    ['forbidden-name', 'an escaped name', '{"\\u005f_proto__":1}'],
  ])('edge/malformed, %s: %s', async (code, _, body) => {
    const answered = await post(body);
    expect(answered).toMatchObject({
      statusCode: 400,
      json: { code: 'edge/malformed', errors: [{ pointer: '', code }] },
    });
  });

  test('edge/malformed: bytes that are no UTF-8', async () => {
    const body = Buffer.from([0x22, 0xff, 0x22]).toString('base64');
    const more = { body, isBase64Encoded: true, headers: { 'content-type': 'application/json' } };
    expect((await makeEdge().ask('POST /body', more)).statusCode).toBe(400);
  });

  test('may be 16 deep', async () => {
    expect((await post(nested(16))).statusCode).toBe(200);
  });

  test('edge/too-large: more than 256 KiB', async () => {
    const text = JSON.stringify('x'.repeat(256 * 1024 - 2));
    expect((await post(text)).statusCode).toBe(200);
    expect((await post(`${text} `)).json).toMatchObject({ status: 413, code: 'edge/too-large' });
  });

  test.each(['text/plain', 'application/json-patch+json', ''])(
    'edge/unsupported-media: %j',
    async (type) => {
      expect((await post('{}', type)).json.code).toBe('edge/unsupported-media');
    },
  );
});
