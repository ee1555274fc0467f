import { expect, test } from '@jest/globals';
import { httpWorld } from '../http-world.ts';

test('the API says that it answers, to anybody', async () => {
  const world = await httpWorld();
  expect(await world.ask('GET /v1/health')).toMatchObject({ status: 200, body: { status: 'ok' } });
});
