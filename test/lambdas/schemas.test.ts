import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import * as z from 'zod';
import * as schemas from '../../lambdas/schemas.ts';

const LAMBDAS = resolve(import.meta.dirname, '../../lambdas');

test('the list of schemas holds every schema of every function', async () => {
  const files = readdirSync(LAMBDAS, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('/schema.ts'))
    .map((name) => import(resolve(LAMBDAS, name)) as Promise<object>);
  const there = (await Promise.all(files)).flatMap((file) => Object.entries(file));
  expect(there.length).toBeGreaterThan(0);
  expect({ ...schemas }).toEqual(Object.fromEntries(there));
});

test.each(Object.entries(schemas))('%s can be described as JSON Schema', (_, schema) => {
  expect(z.toJSONSchema(schema, { io: 'input' })).toMatchObject({ type: 'object' });
});
