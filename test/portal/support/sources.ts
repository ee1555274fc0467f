import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from '@babel/parser';

/** A node of a syntax tree, as far as it is walked here. */
export interface Node {
  readonly type: string;
  readonly [member: string]: unknown;
}

export interface Source {
  /** From the project's root. */
  readonly path: string;
  readonly nodes: readonly Node[];
}

const ROOT = join(import.meta.dirname, '../../..');

/** What the screens and the pages around them are made of, without the words. */
export const sources = (): readonly Source[] =>
  ['portal', 'infra/portal']
    .flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map(
        (name) => `${folder}/${name}`,
      ),
    )
    .filter((path) => /\.tsx?$/.test(path) && !/^portal\/words\/e[ns]\.ts$/.test(path))
    .map((path) => ({ path, nodes: nodesIn(readFileSync(join(ROOT, path), 'utf8')) }));

export const nodesIn = (source: string): readonly Node[] =>
  walked(parse(source, { sourceType: 'module', plugins: ['typescript', 'jsx'] }).program);

function walked(value: unknown): readonly Node[] {
  if (Array.isArray(value)) return value.flatMap(walked);
  if (!isNode(value)) return [];
  return [value, ...Object.values(value).flatMap(walked)];
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

/** The names and the texts that a source has in it: what it may read words by. */
export const namesIn = (nodes: readonly Node[]): ReadonlySet<string> =>
  new Set(
    nodes.flatMap(({ type, name, value }) => {
      if (type === 'Identifier' || type === 'JSXIdentifier') return [String(name)];
      return type === 'StringLiteral' ? [String(value)] : [];
    }),
  );

/** Attributes that are read or heard. */
const TOLD = ['alt', 'aria-label', 'hint', 'label', 'legend', 'placeholder', 'title', 'wrong'];

/** What a source shows that is not one of the words: text between tags, and in attributes that are read or heard. */
export const shownIn = (nodes: readonly Node[]): readonly string[] =>
  nodes
    .flatMap((node): readonly string[] => {
      if (node.type === 'JSXAttribute') return isTold(node) ? writtenIn(node['value']) : [];
      return /^JSX(Element|Fragment)$/.test(node.type)
        ? (node['children'] as readonly Node[]).flatMap(writtenIn)
        : [];
    })
    .filter((text) => /\p{L}/u.test(text))
    .map((text) => text.trim());

const isTold = ({ name }: Node): boolean => isNode(name) && TOLD.includes(String(name['name']));

function writtenIn(value: unknown): readonly string[] {
  if (!isNode(value)) return [];
  if (value.type === 'JSXText') return [String(value['value'])];
  // Not what decides about it: `{kind === 'bad' && …}`.
  return value.type === 'JSXExpressionContainer'
    ? writtenAtOnce(value['expression'])
    : textOf(value);
}

/** An expression that is a text, or one of several. */
function writtenAtOnce(value: unknown): readonly string[] {
  if (!isNode(value)) return [];
  if (value.type === 'ConditionalExpression') {
    return [value['consequent'], value['alternate']].flatMap(writtenAtOnce);
  }
  if (value.type === 'LogicalExpression') return writtenAtOnce(value['right']);
  return textOf(value);
}

function textOf(value: unknown): readonly string[] {
  if (!isNode(value)) return [];
  if (value.type === 'StringLiteral') return [String(value['value'])];
  if (value.type !== 'TemplateLiteral') return [];
  return (value['quasis'] as readonly Node[]).map(
    (quasi) => (quasi['value'] as { readonly cooked: string }).cooked,
  );
}
