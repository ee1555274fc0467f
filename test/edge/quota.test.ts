import { describe, expect, test } from '@jest/globals';
import { done } from '../../shared/outcome.ts';
import { Api } from '../../shared/settings-api.ts';
import { ROUTES as ALL } from '../../lambdas/routes.ts';
import { CALLER, edgeWorld } from './edge-world.ts';

const ROUTES = [
  { method: 'GET', path: '/v1/a', scopes: ['a'], kinds: ['system', 'admin'] },
  { method: 'GET', path: '/v1/b', scopes: ['a'], kinds: ['system', 'admin'] },
  { method: 'GET', path: '/v1/costly', scopes: ['a'], kinds: ['system', 'admin'] },
  { method: 'POST', path: '/v1/stop', scopes: ['a'], kinds: ['system', 'admin'], stops: true },
  { method: 'GET', path: '/v1/open', scopes: [], kinds: ['any'] },
] as const;
const LIMITS = {
  requestsPerMinute: { system: 3, admin: 1 },
  routes: { 'GET /v1/costly': 2 },
};
const act = async () => done({ status: 200, body: {} });
const ACTIONS = {
  'GET /v1/a': act,
  'GET /v1/b': act,
  'GET /v1/costly': act,
  'POST /v1/stop': act,
  'GET /v1/open': act,
};

const world = () => edgeWorld(ROUTES, ACTIONS, LIMITS);
const SOMEBODY_ELSE = { ...CALLER, subject: 's-2' };

describe('what one caller may ask in a minute', () => {
  test('is counted over all routes, and each answer says how much is left', async () => {
    const { ask } = world();
    const left = async (route: string) => {
      const { headers } = await ask(route);
      return [headers['ratelimit-policy'], headers['ratelimit']];
    };
    expect(await left('GET /v1/a')).toEqual(['"calls";q=3;w=60', '"calls";r=2;t=40']);
    expect(await left('GET /v1/b')).toEqual(['"calls";q=3;w=60', '"calls";r=1;t=40']);
    expect(await left('GET /v1/a')).toEqual(['"calls";q=3;w=60', '"calls";r=0;t=40']);
  });

  test('edge/too-many-requests: one more, until the minute is over', async () => {
    const { ask, after } = world();
    for (let asked = 0; asked < 3; asked += 1) expect((await ask('GET /v1/a')).status).toBe(200);
    after(10);
    expect(await ask('GET /v1/b')).toMatchObject({
      status: 429,
      headers: {
        'content-type': 'application/problem+json',
        'retry-after': '30',
        ratelimit: '"calls";r=0;t=30',
      },
      json: { code: 'edge/too-many-requests' },
    });
    after(30);
    expect((await ask('GET /v1/b')).status).toBe(200);
  });

  test('leaves what stops something to whoever has called too often, as often again', async () => {
    const { ask } = world();
    for (let asked = 0; asked < 4; asked += 1) await ask('GET /v1/a');
    expect((await ask('GET /v1/a')).status).toBe(429);
    expect(await ask('POST /v1/stop')).toMatchObject({
      status: 200,
      headers: { ratelimit: '"route";r=2;t=40' },
    });
    await ask('POST /v1/stop');
    await ask('POST /v1/stop');
    expect((await ask('POST /v1/stop')).status).toBe(429);
  });

  test('is his own, and as much as his role has', async () => {
    const { ask } = world();
    const admin = { ...SOMEBODY_ELSE, kind: 'admin' } as const;
    for (let asked = 0; asked < 4; asked += 1) await ask('GET /v1/a');
    expect((await ask('GET /v1/a')).status).toBe(429);
    expect((await ask('GET /v1/a', { as: admin })).headers).toMatchObject({
      ratelimit: '"calls";r=0;t=40',
    });
    expect((await ask('GET /v1/a', { as: admin })).status).toBe(429);
  });

  test('of a costly route is counted by itself', async () => {
    const { ask } = world();
    const answered = [];
    for (let asked = 0; asked < 3; asked += 1) answered.push(await ask('GET /v1/costly'));
    expect(answered.map(({ status }) => status)).toEqual([200, 200, 429]);
    expect(answered[1]?.headers).toMatchObject({
      'ratelimit-policy': '"route";q=2;w=60',
      ratelimit: '"route";r=0;t=40',
    });
    expect((await ask('GET /v1/a')).headers).toMatchObject({ ratelimit: '"calls";r=2;t=40' });
  });

  test('is not counted of what is open to anybody', async () => {
    const { ask, door } = world();
    Object.assign(door.counter, { count: () => Promise.reject(new Error('was asked')) });
    const { status, headers } = await ask('GET /v1/open');
    expect(status).toBe(200);
    expect(headers).not.toHaveProperty('ratelimit');
  });

  test('is as much as is asked while nobody can count', async () => {
    const { ask, door } = world();
    Object.assign(door.counter, { count: async () => 'unknown' });
    for (let asked = 0; asked < 9; asked += 1) {
      const { status, headers } = await ask('GET /v1/a');
      expect([status, headers['ratelimit']]).toEqual([200, undefined]);
    }
  });

  test('is counted under what does not say who he is', async () => {
    const { ask, door } = world();
    const said: unknown[] = [];
    const count = async (...given: unknown[]) => {
      said.push(...given);
      return 1;
    };
    Object.assign(door.counter, { count });
    await ask('GET /v1/a');
    expect(JSON.stringify(said)).not.toContain(CALLER.subject);
    expect(said[0]).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('the limits that the settings have by default', () => {
  const limits = Api.parse({});

  test('are of routes that there are', () => {
    const keys: readonly string[] = ALL.map(({ method, path }) => `${method} ${path}`);
    for (const route of Object.keys(limits.routes)) expect(keys).toContain(route);
  });

  test('give a system more than a person', () => {
    expect(limits.requestsPerMinute.system).toBeGreaterThan(limits.requestsPerMinute.patient);
  });
});
