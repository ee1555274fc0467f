import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

const CHECKS = join(import.meta.dirname, '../../../shared/trust/checks');

test.each(readdirSync(CHECKS))('%s says by which clause it goes', (file) => {
  expect(readFileSync(join(CHECKS, file), 'utf8')).toMatch(/@see RFC \d+ sections? \d/);
});
