import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { describeWith, SHARED } from '../support/needs.ts';
import { told } from './conformance/told-case.ts';
import { sectionOf } from './page/marks.ts';
import { readPage } from './page/page-file.ts';
import { xdrSection } from './page/xdr-section.ts';
import { XDR_CASES } from './support/xdr.ts';
import { VECTOR_CASES } from './xdr/vector-cases.ts';

describeWith(['shared', 'xmllint'], 'XDR', () => {
  describe.each(Object.entries(XDR_CASES))('%s', (_, cases) => {
    test.each(cases.map((each) => [each.id, each] as const))('%s', async (_id, each) => {
      expect(await told(each)).toBe(each.expected);
    });
  });

  test('comes out as docs/interop.md says', async () => {
    expect(sectionOf(readPage(), 'xdr')).toBe(await xdrSection());
  });

  test('every file of the collection has a case', () => {
    const files = readdirSync(join(SHARED, 'vectors/xdr'));
    const used = new Set([...VECTOR_CASES.map(({ file }) => file), 'EXPECTED.tsv']);
    // The schema is what the reports that we write are held against.
    expect(files.filter((file) => !used.has(file))).toEqual(['directDisposition.xsd']);
  });
});

test('no two cases have one name', () => {
  const ids = Object.values(XDR_CASES).flatMap((cases) => cases.map(({ id }) => id));
  expect(new Set(ids).size).toBe(ids.length);
});
