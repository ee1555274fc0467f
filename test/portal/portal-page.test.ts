import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { type Node, sources } from './support/sources.ts';

const ROOT = join(import.meta.dirname, '../..');
const LOOK = join(ROOT, 'portal/look');
const page = readFileSync(join(ROOT, 'docs/portal.md'), 'utf8');
const sheet = readFileSync(join(LOOK, 'look.css'), 'utf8');

/** The rows of the page's table that begins with the column, each with its cells. */
function rowsOf(column: string): readonly (readonly string[])[] {
  const lines = page.split('\n');
  const head = lines.findIndex((line) => line.startsWith(`| ${column} `));
  const after = lines.slice(head + 2);
  return after
    .slice(
      0,
      after.findIndex((line) => !line.startsWith('|')),
    )
    .map((line) => line.split('|').map((cell) => cell.trim()));
}

const codeIn = (cell = ''): readonly string[] =>
  [...cell.matchAll(/`([^`]+)`/g)].map(([, code]) => code ?? '');

/** Of each variable the value without it. */
const DEFAULTS = [...sheet.matchAll(/var\((--share-[\w-]+), ([^;]+)\);/g)].map(
  ([, name = '', value = '']) => [name, value] as const,
);

/** The names in every `part` of the screens: the first is the part, the others say which kind of it. */
function partsInCode(): readonly string[] {
  const attributes = sources()
    .flatMap(({ nodes }) => nodes)
    .filter(({ type, name }) => type === 'JSXAttribute' && (name as Node)['name'] === 'part')
    .map(({ value }) => firstTextIn(value as Node).split(' ')[0] ?? '');
  return [...new Set(attributes)].sort();
}

function firstTextIn(value: Node): string {
  if (value.type === 'StringLiteral') return String(value['value']);
  const [quasi] = (value['expression'] as { readonly quasis: readonly [Node] }).quasis;
  return (quasi['value'] as { readonly cooked: string }).cooked;
}

const kindsOf = (file: string): readonly string[] =>
  codeIn(
    /kind\??: ([^;]+);/
      .exec(readFileSync(join(ROOT, 'portal/parts', file), 'utf8'))?.[1]
      ?.replaceAll("'", '`'),
  );

const toldOf = (part: string): readonly string[] =>
  rowsOf('part')
    .map((row) => codeIn(row[1]))
    .find(([name]) => name === part)
    ?.slice(1) ?? [];

describe('docs/portal.md', () => {
  test('has every variable with what stands without it, and no other', () => {
    const told = rowsOf('variable').map((row) => [codeIn(row[1])[0], codeIn(row[3])[0]]);
    expect(told).toEqual(DEFAULTS);
    expect(DEFAULTS.length).toBe(11);
  });

  test('has every part, and no other', () => {
    const told = rowsOf('part').flatMap((row) => {
      const [name = '', ...more] = codeIn(row[1]);
      // Two parts in a row, or one with its kinds.
      return row[1]?.includes(', with ') ? [name] : [name, ...more];
    });
    expect(told.toSorted()).toEqual(partsInCode());
  });

  test('has the kinds of buttons and notices', () => {
    expect(toldOf('button').toSorted()).toEqual(kindsOf('button.tsx').toSorted());
    expect(toldOf('notice').toSorted()).toEqual(kindsOf('notice.tsx').toSorted());
    expect(toldOf('notice')).toContain('caution');
  });

  test('is right that no variable is set elsewhere in the style sheets', () => {
    const others = readdirSync(LOOK).filter((name) => name !== 'look.css');
    for (const name of others)
      expect(readFileSync(join(LOOK, name), 'utf8')).not.toMatch(/--share-/);
  });
});

/** WCAG 2.2, relative luminance and contrast ratio. */
function luminance(color: string): number {
  const digits = color.slice(1).length === 3 ? color.replace(/(\w)/g, '$1$1') : color;
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(digits.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [
    number,
    number,
  ];
  return (light + 0.05) / (dark + 0.05);
}

const colorOf = (name: string): string => new Map(DEFAULTS).get(`--share-${name}`) ?? '';

describe('the colors without variables', () => {
  test.each(['accent', 'text', 'quiet', 'good', 'bad', 'caution'])('%s can be read', (name) => {
    expect(contrast(colorOf(name), colorOf('paper'))).toBeGreaterThanOrEqual(4.5);
  });

  test('the main button can be read, and frames can be seen', () => {
    expect(contrast(colorOf('on-accent'), colorOf('accent'))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(colorOf('line'), colorOf('paper'))).toBeGreaterThanOrEqual(3);
  });

  test('a contrast is what WCAG says it is', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 6);
    expect(contrast('#777777', '#fff')).toBeCloseTo(4.478, 3);
  });
});
