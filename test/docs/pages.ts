import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../..');

/** Every page that people read, by its path from the root. */
export const PAGES: readonly string[] = [
  'README.md',
  'SECURITY.md',
  ...globSync('docs/**/*.md', { cwd: ROOT }).toSorted(),
];

export const textOf = (page: string): string => readFileSync(join(ROOT, page), 'utf8');

/** A fenced block of a page. */
export interface Block {
  readonly page: string;
  /** Of its fence, from 1. */
  readonly line: number;
  /** What stands behind the fence, word by word: a language first. */
  readonly info: readonly string[];
  /** Without the indent of its fence. */
  readonly text: string;
}

/** A page's blocks, and the rest of it with its line numbers unchanged. */
export interface Parts {
  readonly blocks: readonly Block[];
  readonly prose: string;
}

const FENCE = /^( *)(```+)(.*)$/;

export function partsOf(page: string): Parts {
  const blocks: Block[] = [];
  const prose: string[] = [];
  let open: { indent: string; line: number; info: string; lines: string[] } | undefined;
  for (const [index, line] of textOf(page).split('\n').entries()) {
    const [, indent = '', fence, info = ''] = FENCE.exec(line) ?? [];
    if (open) {
      if (fence !== undefined && info === '') {
        blocks.push({
          page,
          line: open.line,
          info: open.info.split(' ').filter(Boolean),
          text: open.lines.join('\n'),
        });
        open = undefined;
      } else open.lines.push(line.startsWith(open.indent) ? line.slice(open.indent.length) : line);
    } else if (fence === undefined) {
      prose.push(line);
      continue;
    } else open = { indent, line: index + 1, info: info.trim(), lines: [] };
    prose.push('');
  }
  if (open) throw new Error(`${page}:${open.line}: the block is not closed`);
  return { blocks, prose: prose.join('\n') };
}

export const BLOCKS: readonly Block[] = PAGES.flatMap((page) => partsOf(page).blocks);

/** What stands between backticks within lines; where a line ends within it, with a blank. */
export const codeSpansOf = (page: string): readonly string[] =>
  [...partsOf(page).prose.matchAll(/(?<!`)`([^`]+)`(?!`)/g)].map(([, code = '']) =>
    code.replace(/\s+/g, ' '),
  );

/** Where the links of a page lead, as they are written. Code holds none. */
export const linksOf = (page: string): readonly string[] =>
  [
    ...partsOf(page)
      .prose.replace(/(?<!`)`[^`]+`(?!`)/g, 'code')
      .matchAll(/\]\(\s*<?([^)>\s]+)>?(?:\s+"[^"]*")?\s*\)|^\[[^\]]+\]:\s*(\S+)/gm),
  ].map(([, inline, reference]) => inline ?? reference ?? '');

export const isOutside = (link: string): boolean => /^[a-z][a-z0-9+.-]*:/i.test(link);

/** The file that a link leads to, from the root, and the heading in it. */
export function targetOf(page: string, link: string): { file: string; anchor: string | undefined } {
  const [path = '', anchor] = decodeURI(link).split('#');
  return { file: path === '' ? page : join(dirname(page), path), anchor };
}

export const isThere = (file: string): boolean => existsSync(join(ROOT, file));

/**
 * The anchors of a page's headings as GitHub makes them: lower case, without punctuation, blanks as hyphens, repeats
 * numbered.
 */
export function anchorsOf(page: string): readonly string[] {
  const seen = new Map<string, number>();
  return [...partsOf(page).prose.matchAll(/^#{1,6} +(.+?) *#*$/gm)].map(([, heading = '']) => {
    const slug = heading
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M}\p{Pc} -]/gu, '')
      .replaceAll(' ', '-');
    const before = seen.get(slug) ?? 0;
    seen.set(slug, before + 1);
    return before === 0 ? slug : `${slug}-${before}`;
  });
}
