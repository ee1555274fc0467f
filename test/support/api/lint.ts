import { createConfig, lintFromString } from '@redocly/openapi-core';
import type { OpenApiDocument } from '../../../infra/cli/openapi/document.ts';

/**
 * What the linter has to say of a document: each fault with its rule and where it is. All its recommended rules are on,
 * and a warning counts as an error does.
 */
export async function lintOf(document: OpenApiDocument): Promise<readonly string[]> {
  const config = await createConfig({ extends: ['recommended'] });
  const source = JSON.stringify(document);
  const problems = await lintFromString({ source, absoluteRef: 'openapi.json', config });
  return problems.map(
    ({ ruleId, message, location }) => `${ruleId}: ${message} ${location[0]?.pointer ?? ''}`,
  );
}
