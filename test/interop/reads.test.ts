import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { describeWith } from '../support/needs.ts';
import { OPENSSL_CASES } from './reads/cases.ts';
import { sectionOf } from './page/marks.ts';
import { readPage } from './page/page-file.ts';
import { readsSection } from './page/reads-section.ts';
import { opensslKit, verdictOn, type OpensslKit } from './reads/openssl-kit.ts';
import { runReads } from './reads/run-reads.ts';

describeWith(['openssl'], 'a message made by openssl', () => {
  let kit: OpensslKit;
  beforeAll(async () => {
    kit = await opensslKit();
  });
  afterAll(() => kit.openssl.remove());

  describe.each(Object.entries(OPENSSL_CASES))('%s', (_, cases) => {
    test.each(cases.map((each) => [each.name, each.expected, each] as const))(
      '%s: %s',
      (_name, expected, each) => {
        expect(verdictOn(each.make(kit), kit, each)).toBe(expected);
      },
    );
  });

  test('is read as docs/interop.md says', async () => {
    expect(sectionOf(readPage(), 'reads')).toBe(readsSection(await runReads()));
  });
});

test('no two cases have one name', () => {
  const names = Object.values(OPENSSL_CASES).flatMap((cases) => cases.map(({ name }) => name));
  expect(new Set(names).size).toBe(names.length);
});
