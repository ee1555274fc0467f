import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { rowsUnder as rowsOf } from './support/page-rows.ts';

/** docs/table.md against shared/adapters/dynamo/keys.ts, and the functions that there are. */

const textOf = (path: string): string =>
  readFileSync(join(import.meta.dirname, '..', path), 'utf8');

const PAGE = textOf('docs/table.md').split('\n# ')[0] ?? '';

/** What stands behind the last `#` is made of something. */
const bare = (key: string): string => key.replace(/(#| \+).*$/, '#');

/** Without the marks of code. */
const rowsUnder = (heading: string): readonly (readonly string[])[] =>
  rowsOf(PAGE, heading).map((cells) => cells.map((cell) => cell.replaceAll('`', '')));

describe('docs/table.md', () => {
  const items = rowsUnder('What lies where').map(
    ([, pk = '', sk = '']) => `${bare(pk)} / ${bare(sk)}`,
  );

  test('has every key of the table, and no other', () => {
    const [, keys = ''] = textOf('shared/adapters/dynamo/keys.ts').split('export const KEYS');
    const [own = ''] = keys.split('export const ALL');
    const inCode = [...own.matchAll(/pk: [`'](.+?)[`'],\s*sk: [`'](.+?)[`']/g)].map(
      ([, pk = '', sk = '']) => `${bare(pk)} / ${bare(sk)}`,
    );
    expect(inCode.length).toBe(own.split('pk:').length - 1);
    expect(items.toSorted()).toEqual(inCode.toSorted());
  });

  test('says of every item who asks for it', () => {
    const asked = rowsUnder('Who asks what').flatMap(([, key = '']) =>
      [...key.matchAll(/\b([A-Z]{2,3}#|P#|WEBHOOKS)/g)].map(([, pk]) => pk),
    );
    const [patient, ...others] = new Set(items.map((item) => item.split(' / ')[0]));
    expect(asked).toContain(patient);
    // These are read off the stream.
    expect(others.filter((pk) => !asked.includes(pk))).toEqual(['MIL#', 'DED#']);
  });
});
