import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describeWith } from '../support/needs.ts';
import { eventually, startFixture, type Fixture } from './fixture.ts';

interface Echo {
  readonly calls: number;
  readonly name: string;
  readonly env: Record<string, string>;
  readonly event: {
    readonly routeKey: string;
    readonly headers: Record<string, string>;
    readonly cookies?: string[];
    readonly queryStringParameters?: Record<string, string>;
    readonly pathParameters?: Record<string, string>;
    readonly body?: string;
    readonly isBase64Encoded: boolean;
    readonly requestContext: { readonly authorizer?: { readonly lambda: { asked: number } } };
  };
}

const echoed = async (response: Response): Promise<Echo> => (await response.json()) as Echo;
const refused = async (response: Response) => [response.status, await response.json()];

describeWith(['java'], 'the HTTP API of the local system', () => {
  let fixture: Fixture;
  let url: string;
  beforeAll(async () => {
    fixture = await startFixture();
    url = fixture.engines.api.url;
  });
  afterAll(() => fixture?.close());

  const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${url}${path}`, { headers });
  const postAs = async (type: string): Promise<Echo['event']> => {
    const init = { method: 'POST', body: '{"a":1}', headers: { 'content-type': type } };
    return (await echoed(await fetch(`${url}/v1/things`, init))).event;
  };
  const authorizationsFor = async (path: string, token: string): Promise<number | undefined> => {
    const { event } = await echoed(await get(path, { authorization: token }));
    return event.requestContext.authorizer?.lambda.asked;
  };
  const preflight = (origin: string): Promise<Response> =>
    fetch(`${url}/v1/things/1`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'GET' },
    });

  test('a function gets the payload format 2.0 and its answer comes back whole', async () => {
    const response = await get('/v1/files/a/b%20c?x=1&x=2&y=', {
      'X-One': 'eins',
      Cookie: 'k=v; l=w',
    });
    expect([response.status, response.headers.get('etag')]).toEqual([201, '"1"']);
    expect(response.headers.getSetCookie()).toEqual(['a=b']);
    const { event } = await echoed(response);
    expect(event.routeKey).toBe('ANY /v1/files/{path+}');
    expect(event.pathParameters).toEqual({ path: 'a/b c' });
    expect(event.queryStringParameters).toEqual({ x: '1,2', y: '' });
    expect(event.headers['x-one']).toBe('eins');
    expect(event.headers['cookie']).toBeUndefined();
    expect(event.cookies).toEqual(['k=v', 'l=w']);
  });

  test('a fixed path is chosen before a parameter', async () => {
    const { event } = await echoed(await get('/v1/things/special'));
    expect(event.routeKey).toBe('GET /v1/things/special');
  });

  test('a path or method without a route is not found', async () => {
    expect(await refused(await get('/v1/nothing'))).toEqual([404, { message: 'Not Found' }]);
    expect(await refused(await get('/v1/things'))).toEqual([404, { message: 'Not Found' }]);
  });

  test('JSON travels as text, other content as base64', async () => {
    const json = await postAs('application/json; charset=utf-8');
    expect([json.body, json.isBase64Encoded]).toEqual(['{"a":1}', false]);
    const other = await postAs('application/zip');
    expect([other.body, other.isBase64Encoded]).toEqual(['eyJhIjoxfQ==', true]);
  });

  test('without an identity source nobody is asked; a bad token is forbidden; an error is an error', async () => {
    expect(await refused(await get('/v1/things/1'))).toEqual([401, { message: 'Unauthorized' }]);
    const bad = await get('/v1/things/1', { authorization: 'bad' });
    expect(await refused(bad)).toEqual([403, { message: 'Forbidden' }]);
    const broken = await get('/v1/things/1', { authorization: 'broken' });
    expect(await refused(broken)).toEqual([500, { message: 'Internal Server Error' }]);
  });

  test('an authorization is remembered for its token and its route only', async () => {
    const first = await authorizationsFor('/v1/things/1', 'one');
    expect(first).toBeGreaterThan(0);
    expect(await authorizationsFor('/v1/things/2', 'one')).toBe(first);
    expect(await authorizationsFor('/v1/locked', 'one')).not.toBe(first);
    expect(await authorizationsFor('/v1/things/1', 'two')).not.toBe(first);
  });

  test('an integration that takes too long is unavailable', async () => {
    expect(await refused(await get('/v1/slow'))).toEqual([503, { message: 'Service Unavailable' }]);
  });

  test('a function that runs out of its time is ended, and its log says so', async () => {
    const slow = fixture.cloud.functions.get('fixture-slow');
    const startedAt = performance.now();
    await expect(slow.invoke({})).rejects.toThrow('Task timed out after 1 seconds');
    expect(performance.now() - startedAt).toBeLessThan(4000);
    await eventually(async () => /Sandbox.Timedout/.test(readFileSync(fixture.logFile, 'utf8')));
  });

  test('a function that throws, exits or answers nonsense is a server error, and the next call works', async () => {
    for (const command of ['throw', 'exit', 'malformed', 'large']) {
      const answer = await refused(await get(`/v1/things/special?command=${command}`));
      expect([command, ...answer]).toEqual([command, 500, { message: 'Internal Server Error' }]);
    }
    expect((await get('/v1/things/special')).status).toBe(201);
  });

  test('requests over the limits of the gateway and of a function are refused', async () => {
    for (const size of [11, 7]) {
      const body = Buffer.alloc(size * 1024 * 1024, 'x');
      const init = { method: 'POST', body, headers: { 'content-type': 'text/plain' } };
      expect((await fetch(`${url}/v1/things`, init)).status).toBe(413);
    }
  });

  test('a binary answer is decoded', async () => {
    const response = await get('/v1/things/special?command=binary');
    expect(response.headers.get('content-type')).toBe('x/y');
    expect([...new Uint8Array(await response.arrayBuffer())]).toEqual([0, 1, 2]);
  });

  test('a function has the environment of the template, of Lambda and of the engines, and no other', async () => {
    const { env, name } = await echoed(await get('/v1/things/special'));
    expect(name).toBe('fixture-echo');
    expect(env).toMatchObject({
      GREETING: 'hello',
      PARTS: 'b',
      SEEN_TABLE: 'Store-Seen',
      AWS_REGION: 'us-east-1',
      AWS_LAMBDA_FUNCTION_NAME: 'fixture-echo',
      AWS_ENDPOINT_URL_S3: fixture.engines.border.endpoint,
    });
    expect(env).not.toHaveProperty('MAYBE');
    expect(env).not.toHaveProperty('HOME');
    expect(env['LAMBDA_TASK_ROOT']).toMatch(/asset\.fn$/);
  });

  test('what a function prints is in the log, with its name', async () => {
    await get('/v1/things/special?command=print');
    const found = /fixture-echo a line of the function/;
    await eventually(async () => found.test(readFileSync(fixture.logFile, 'utf8')));
  });

  test('killed workers are replaced', async () => {
    const before = (await echoed(await get('/v1/things/special'))).calls;
    await fixture.cloud.functions.get('fixture-echo').killWorkers();
    const after = (await echoed(await get('/v1/things/special'))).calls;
    expect([before > 1, after]).toEqual([true, 1]);
  });

  test('a preflight is answered by the gateway, for allowed origins only', async () => {
    const allowed = await preflight('https://portal.example.org');
    expect(allowed.status).toBe(204);
    expect(allowed.headers.get('access-control-allow-origin')).toBe('https://portal.example.org');
    const other = await preflight('https://elsewhere.example.org');
    expect(other.headers.get('access-control-allow-origin')).toBeNull();
  });
});
