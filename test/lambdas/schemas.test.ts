import { describe, expect, test } from '@jest/globals';
import { ROUTES } from '../../lambdas/routes.ts';
import { OPERATIONS } from '../../infra/cli/openapi/operations.ts';
import { isFailureCode } from '../../shared/failures.ts';
import type { Content } from '../../shared/operation.ts';

const EVERY = Object.entries(OPERATIONS);

test('every route has an operation, and every operation a route', () => {
  expect(Object.keys(OPERATIONS).toSorted()).toEqual(
    ROUTES.map(({ method, path }) => `${method} ${path}`).toSorted(),
  );
});

test('no two operations have the same id', () => {
  const ids = EVERY.map(([, { id }]) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

describe.each(EVERY)('%s', (_, { id, summary, body = {}, answers, refusals = [] }) => {
  test('is told in one sentence, under a name that a function may have', () => {
    expect(id).toMatch(/^[a-z][A-Za-z]+$/);
    expect(summary).toMatch(/^[A-Z].*\.$/);
  });

  test('has examples that are as its schemas say', () => {
    const contents: readonly (readonly [string, Content])[] = [
      ...Object.entries(body),
      ...Object.values(answers).flatMap(({ content = {} }) => Object.entries(content)),
    ];
    const wrong = contents.filter(([, { schema, example }]) =>
      schema ? !schema.safeParse(example).success : typeof example !== 'string',
    );
    expect(wrong).toEqual([]);
  });

  test('is refused with codes that there are', () => {
    expect(refusals.filter((code) => !isFailureCode(code))).toEqual([]);
  });
});
