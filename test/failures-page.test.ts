import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { failuresPage } from '../infra/cli/failures-page.ts';

test('docs/failures.md is what the table of failures says today', () => {
  const page = readFileSync(join(import.meta.dirname, '../docs/failures.md'), 'utf8');
  expect(page).toBe(failuresPage());
});
