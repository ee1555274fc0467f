import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { es } from '../../../portal/words/es.ts';
import { portalFiles } from '../../../infra/portal/pages.ts';
import type { PortalFile } from '../../../infra/portal/portal-file.ts';

const ROOT = join(import.meta.dirname, '../../..');
const FILES = portalFiles(ROOT);
const PAGES = FILES.filter(({ contentType }) => contentType.startsWith('text/html'));

const fileAt = (path: string): PortalFile => {
  const file = FILES.find((each) => each.path === path.replace(/^\//, ''));
  if (!file) throw new Error(`There is no ${path}`);
  return file;
};

const tagsOf = ({ body }: PortalFile): readonly string[] => body.match(/<[a-z][^>]*>/g) ?? [];
const valueIn = (tag: string, name: string): string | undefined =>
  new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1];

const sha384 = (body: string): string =>
  `sha384-${createHash('sha384').update(body).digest('base64')}`;

describe('the hosted files', () => {
  test('are the pages, what they load, and the component for pages of others', () => {
    const names = FILES.map(({ path }) => path.replace(/\.[0-9a-f]{16}\./, '.HASH.'));
    expect(names.sort()).toEqual([
      'favicon.svg',
      'index.html',
      'integrity.json',
      'portal/look.HASH.css',
      'portal/provider.HASH.js',
      'portal/share-with-direct.HASH.css',
      'portal/share-with-direct.en.HASH.json',
      'portal/share-with-direct.es.HASH.json',
      'portal/share.HASH.js',
      'portal/start.HASH.js',
      'provider',
      'share',
      'share-with-direct.HASH.css',
      'share-with-direct.HASH.js',
      'share-with-direct.d.ts',
      'share-with-direct.en.HASH.json',
      'share-with-direct.es.HASH.json',
      'share-with-direct.js',
    ]);
  });

  test('are the same for the same sources', () => {
    expect(portalFiles(ROOT)).toEqual(FILES);
  });

  test('are kept for good where the name says what is in them, and nowhere else', () => {
    const kept = FILES.filter(({ cacheControl }) => cacheControl.includes('immutable'));
    expect(kept).toHaveLength(11);
    for (const { path, body } of kept) {
      const hash = createHash('sha256').update(body).digest('hex').slice(0, 16);
      expect(path).toContain(`.${hash}.`);
    }
    expect(PAGES.map(({ cacheControl }) => cacheControl)).toEqual(Array(3).fill('no-cache'));
  });

  test('say what pages that embed the component may take for it', () => {
    const told = JSON.parse(fileAt('integrity.json').body) as Record<string, string>;
    const [[path, integrity] = ['', '']] = Object.entries(told);
    expect(integrity).toBe(sha384(fileAt(path).body));
    expect(fileAt(path).body).toBe(fileAt('share-with-direct.js').body);
  });
});

const dataIn = (folder: string): readonly PortalFile[] =>
  FILES.filter(({ path }) => new RegExp(`^${folder}share-with-direct.*\\.(json|css)$`).test(path));

describe('what the component reads when it starts', () => {
  test.each([
    ['share-with-direct.js', ''],
    ['portal/share.', 'portal/'],
    ['portal/provider.', 'portal/'],
  ])('lies beside %s, which says what alone may be in it', (start, folder) => {
    const script = FILES.find(({ path }) => path.startsWith(start));
    for (const { path, body } of dataIn(folder)) {
      const hash = createHash('sha256').update(body).digest('base64');
      expect(script?.body).toContain(`["${path.slice(folder.length)}","sha256-${hash}"]`);
    }
    expect(dataIn(folder)).toHaveLength(3);
  });

  test('is all words of one language, and none of the other', () => {
    const spanish = dataIn('').find(({ path }) => path.includes('.es.'));
    expect(JSON.parse(spanish?.body ?? '')).toEqual(es);
  });
});

describe.each(PAGES.map((page) => [page.path, page] as const))('the page %s', (_, page) => {
  test('takes only what it vouches for, and only from its own place', () => {
    const loading = tagsOf(page).filter((tag) => /^<script|rel="stylesheet"/.test(tag));
    expect(loading).toHaveLength(2);
    for (const tag of loading) {
      const path = valueIn(tag, 'src') ?? valueIn(tag, 'href') ?? '';
      expect(path).toMatch(/^\/portal\/[\w.-]+$/);
      expect(valueIn(tag, 'integrity')).toBe(sha384(fileAt(path).body));
      expect(valueIn(tag, 'crossorigin')).toBe('anonymous');
    }
    const icon = tagsOf(page).find((tag) => tag.includes('rel="icon"')) ?? '';
    expect(fileAt(valueIn(icon, 'href') ?? '').contentType).toBe('image/svg+xml');
    expect(page.body).not.toMatch(/="\/\/|https?:/);
  });

  test('has nothing inline', () => {
    expect(page.body).not.toMatch(/<style| style=| on[a-z]+=|javascript:/i);
    expect(page.body.match(/<script[^>]*>[^<]/g)).toEqual(null);
  });

  test('tells its language, its title, its heading and its main part, and nobody where somebody came from', () => {
    const { body } = page;
    expect(body).toMatch(/<html lang="en">[^]*<title>Share with Direct<\/title>/);
    expect(body).toMatch(/<main>\s*<h1>(Share with Direct|Health record)<\/h1>/);
    expect(body).toContain('<meta name="referrer" content="no-referrer">');
  });
});

test('no script makes code or markup of text', () => {
  const scripts = FILES.filter(({ path }) => path.endsWith('.js'));
  for (const { path, body } of scripts) {
    const found = /\beval\(|new Function|document\.write|insertAdjacentHTML|localStorage/.exec(
      body,
    );
    expect([path, found?.[0]]).toEqual([path, undefined]);
  }
});
