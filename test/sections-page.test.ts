import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { sectionsPage } from '../infra/cli/sections-page.ts';

test('docs/sections.md is what the list of sections says today', () => {
  const page = readFileSync(join(import.meta.dirname, '../docs/sections.md'), 'utf8');
  expect(page).toBe(sectionsPage());
});
