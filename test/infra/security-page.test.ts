import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { securityPage } from '../../infra/cli/security-page.ts';

test('docs/security.md is what the templates of all stages say today', async () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/security.md'), 'utf8');
  expect(page).toBe(await securityPage());
}, 120_000);
