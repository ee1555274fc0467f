import { globSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import {
  anchorsOf,
  codeSpansOf,
  isOutside,
  isThere,
  linksOf,
  PAGES,
  ROOT,
  targetOf,
} from './pages.ts';

/** That the pages lead somewhere, and that somebody who begins at README.md comes to each of them. */

const within = (page: string): readonly string[] =>
  linksOf(page).filter((link) => !isOutside(link));

describe('links', () => {
  test.each(PAGES)('%s: each leads to a file that is there, and to a heading in it', (page) => {
    const broken = within(page).filter((link) => {
      const { file, anchor } = targetOf(page, link);
      return !isThere(file) || (anchor !== undefined && !anchorsOf(file).includes(anchor));
    });
    expect(broken).toEqual([]);
  });

  test('there are some, with and without a heading', () => {
    const all = PAGES.flatMap((page) => within(page));
    expect(all.length).toBeGreaterThan(20);
    expect(all.some((link) => link.includes('#'))).toBe(true);
  });

  test('every page is reached from README.md', () => {
    const reached = new Set(['README.md', 'SECURITY.md']);
    for (const page of reached) {
      for (const link of within(page)) {
        const { file } = targetOf(page, link);
        if (file.endsWith('.md') && isThere(file)) reached.add(file);
      }
    }
    expect(PAGES.filter((page) => !reached.has(page))).toEqual([]);
  });
});

/** Folders of ours that code on the pages names; what a build makes is not there always. */
const OURS = /^(docs|shared|lambdas|infra|test)\/[\w./@-]*\w$/;

describe('files that the pages name', () => {
  test.each(PAGES)('%s: each is there', (page) => {
    const named = codeSpansOf(page).filter((code) => OURS.test(code));
    expect(named.filter((file) => !isThere(file) && globSync(file, { cwd: ROOT }).length === 0)).toEqual([]); // prettier-ignore
  });

  test('there are many', () => {
    const all = PAGES.flatMap((page) => codeSpansOf(page)).filter((code) => OURS.test(code));
    expect(all.length).toBeGreaterThan(60);
  });
});

test('anchors are made of headings as GitHub makes them', () => {
  expect(anchorsOf('docs/relay.md')).toEqual(
    expect.arrayContaining(['somebody-elses-hisp', 'a-mail-server-of-your-own', 'ses']),
  );
});
