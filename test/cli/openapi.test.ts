import { resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { apiDescription } from '../../infra/api-description.ts';
import { openApiDocument } from '../../infra/cli/openapi/document.ts';
import { lintOf } from '../support/api/lint.ts';

const ROOT = resolve(import.meta.dirname, '../..');

describe('the OpenAPI document', () => {
  test('has no fault that the linter sees', async () => {
    expect(await lintOf(openApiDocument())).toEqual([]);
  });

  test('with a fault in it is not passed over by the linter', async () => {
    const document = openApiDocument();
    const health = document.paths['/v1/health']?.['get'];
    const spoiled = { ...document, paths: { '/v1/health': { get: { ...health, tags: [7] } } } };
    expect(await lintOf(spoiled as never)).not.toEqual([]);
  });

  test('is the same each time that it is made', () => {
    const made = apiDescription(ROOT);
    expect(apiDescription(ROOT)).toBe(made);
    expect(JSON.parse(made)).toEqual(JSON.parse(JSON.stringify(openApiDocument())));
  });

  test('says of answers that more may come in them, and of bodies that nothing else is taken', () => {
    const text = JSON.stringify(openApiDocument());
    const closed = JSON.stringify(openApiDocument('closed'));
    expect(closed.length).toBeGreaterThan(text.length);
    expect(openApiDocument().components.schemas['Problem']).not.toHaveProperty(
      'additionalProperties',
    );
  });
});
