import { expect, test } from '@jest/globals';
import { httpWorld } from '../http-world.ts';

test('the API describes itself to anybody, and says when nothing is new', async () => {
  const world = await httpWorld();
  const first = await world.ask('GET /v1/openapi.json');
  expect(first).toMatchObject({
    status: 200,
    headers: { 'content-type': 'application/json', 'cache-control': 'public, max-age=300' },
  });
  expect(JSON.parse(String(first.body))).toMatchObject({ openapi: '3.1.0' });

  const etag = String(first.headers['etag']);
  for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
    const again = await world.ask('GET /v1/openapi.json', { headers: { 'if-none-match': known } });
    expect([again.status, again.body, again.headers['etag']]).toEqual([304, undefined, etag]);
  }
  const other = await world.ask('GET /v1/openapi.json', {
    headers: { 'if-none-match': '"other"' },
  });
  expect(other.status).toBe(200);
});
