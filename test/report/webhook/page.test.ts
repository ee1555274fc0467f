import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import { REPORT_TYPES } from '../../../shared/report/report.ts';

test('docs/webhooks.md says of every type when it is told, and of no other', () => {
  const page = readFileSync(resolve(import.meta.dirname, '../../../docs/webhooks.md'), 'utf8');
  const rows = [...page.matchAll(/^\| `([^`]+)` +\| [^ ]/gm)].map(([, type]) => type);
  expect(rows).toEqual([...REPORT_TYPES]);
});
