import { describe, expect, test } from '@jest/globals';
import { done } from '../../shared/outcome.ts';
import { edgeWorld } from './edge-world.ts';

const ROUTES = [
  { method: 'GET', path: '/text', scopes: [], kinds: ['any'] },
  { method: 'GET', path: '/untagged', scopes: [], kinds: ['any'] },
  { method: 'POST', path: '/text', scopes: ['a'], kinds: ['system'] },
] as const;
const tagged = async () =>
  done({
    status: 200,
    body: { text: 'x' },
    headers: { etag: '"v1"', 'cache-control': 'no-cache' },
  });

const asked = (known: string, route = 'GET /text') =>
  edgeWorld(ROUTES, {
    'GET /text': tagged,
    'GET /untagged': async () => done({ status: 200, body: {} }),
    'POST /text': tagged,
  }).ask(route, { headers: { 'if-none-match': known } });

describe('what the caller knows already', () => {
  test.each(['"v1"', 'W/"v1"', '"v0", "v1"', '"v0",W/"v1" ', '*'])(
    'is not sent again: %s',
    async (known) => {
      const { status, text, headers } = await asked(known);
      expect([status, text]).toEqual([304, '']);
      expect(headers).toMatchObject({ etag: '"v1"', 'cache-control': 'no-cache' });
      expect(headers).not.toHaveProperty('content-type');
    },
  );

  test.each(['"v0"', 'v1', '"V1"', '', '"v1', 'W/v1'])(
    'is not what is there: %j',
    async (known) => {
      expect(await asked(known)).toMatchObject({ status: 200, json: { text: 'x' } });
    },
  );

  test('is no matter of a POST, nor of what has no tag', async () => {
    expect((await asked('"v1"', 'POST /text')).status).toBe(200);
    expect((await asked('*', 'GET /untagged')).status).toBe(200);
  });
});
