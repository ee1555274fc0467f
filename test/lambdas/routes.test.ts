import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { ROUTES } from '../../lambdas/routes.ts';

const LAMBDAS = resolve(import.meta.dirname, '../../lambdas');

describe('the route table', () => {
  test('names no route twice', () => {
    const keys = ROUTES.map(({ method, path }) => `${method} ${path.replaceAll(/\{\w+\}/g, '{}')}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('holds the routes of every function that has any', () => {
    const withRoutes = readdirSync(LAMBDAS, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('/route.ts'))
      .map((name) => name.split('/')[0]);
    expect(new Set<string | undefined>(ROUTES.map(({ lambda }) => lambda))).toEqual(
      new Set(withRoutes),
    );
  });

  test('lets nobody in without a scope, but where it says so', () => {
    const open = ROUTES.filter(({ scopes }) => scopes.length === 0).map(({ path }) => path);
    const any = ROUTES.filter(({ kinds }) => (kinds as readonly string[]).includes('any'));
    expect(open).toEqual(any.map(({ path }) => path));
    expect(open).toEqual([
      '/v1/consent-texts/{language}',
      '/v1/consent-texts/{language}/{version}',
      '/v1/health',
      '/v1/openapi.json',
    ]);
  });
});
