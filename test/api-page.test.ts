import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { ROUTES } from '../lambdas/routes.ts';

const PAGE = readFileSync(join(import.meta.dirname, '../docs/api.md'), 'utf8');

/** The last word of a path that is no name of somebody's. */
const lastWordOf = (path: string): string =>
  path
    .split('/')
    .filter((word) => !word.startsWith('{'))
    .at(-1) ?? '';

test('docs/api.md tells of every route', () => {
  const words = ROUTES.map(({ path }) => `/${lastWordOf(path)}`);
  const untold = words.filter((word) => !new RegExp(`${word}(?![a-z-])`).test(PAGE));
  expect(untold).toEqual([]);
});
