import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from '@babel/parser';
import type * as babel from '@babel/types';

/** What the comments in the source say of a setting and of those within: functions need not carry it with them. */
export interface Documented {
  readonly description?: string;
  readonly within: Readonly<Record<string, Documented>>;
}

const NOTHING: Documented = { within: {} };

interface Source {
  readonly file: string;
  readonly constants: ReadonlyMap<string, () => Documented>;
}

const SOURCES = new Map<string, Source>();

/** @param name of a constant of the file that is a schema of zod */
export function documentedIn(file: string, name: string): Documented {
  return sourceOf(file).constants.get(name)?.() ?? NOTHING;
}

function sourceOf(file: string): Source {
  const known = SOURCES.get(file);
  if (known) return known;
  const { program } = parse(readFileSync(file, 'utf8'), {
    sourceType: 'module',
    plugins: ['typescript'],
  });
  const constants = new Map<string, () => Documented>();
  const source: Source = { file, constants };
  SOURCES.set(file, source);
  for (const statement of program.body) enter(statement, source, constants);
  return source;
}

function enter(
  statement: babel.Statement,
  source: Source,
  constants: Map<string, () => Documented>,
): void {
  if (statement.type === 'ImportDeclaration') {
    const from = statement.source.value;
    if (!from.startsWith('.')) return;
    for (const { local } of statement.specifiers) {
      constants.set(local.name, () => documentedIn(join(dirname(source.file), from), local.name));
    }
    return;
  }
  const declared = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
  if (declared?.type !== 'VariableDeclaration') return;
  for (const { id, init } of declared.declarations) {
    if (id.type !== 'Identifier' || !init) continue;
    constants.set(id.name, () => ({ ...saidBefore(statement), ...read(init, source) }));
  }
}

/** A schema is a chain of calls; what its objects have is in their arguments and in what the chain begins with. */
function read(node: babel.Node, source: Source): Documented {
  const all = (nodes: readonly (babel.Node | null)[]): Documented =>
    merged(nodes.flatMap((each) => (each ? [read(each, source)] : [])));
  if (node.type === 'Identifier') {
    return source.constants.has(node.name) ? documentedIn(source.file, node.name) : NOTHING;
  }
  if (node.type === 'MemberExpression') return read(node.object, source);
  if (node.type === 'SpreadElement') return read(node.argument, source);
  if (node.type === 'ArrayExpression') return all(node.elements);
  if (node.type === 'CallExpression') return all([node.callee, ...node.arguments]);
  if (node.type !== 'ObjectExpression') return NOTHING;
  return { within: merged(node.properties.map((each) => property(each, source))).within };
}

function property(node: babel.ObjectExpression['properties'][number], source: Source): Documented {
  if (node.type === 'SpreadElement') return read(node, source);
  if (node.type !== 'ObjectProperty' || node.key.type !== 'Identifier') return NOTHING;
  const inner = { ...read(node.value, source), ...saidBefore(node) };
  return { within: { [node.key.name]: inner } };
}

/** Of two that say something of one setting the first is nearer to it. */
const merged = (all: readonly Documented[]): Documented => {
  const description = all.find((each) => each.description !== undefined)?.description;
  const within: Record<string, Documented> = {};
  for (const [key, inner] of all.flatMap((each) => Object.entries(each.within))) {
    within[key] = merged(within[key] ? [within[key], inner] : [inner]);
  }
  return { within, ...(description !== undefined && { description }) };
};

/** The comment right before, without its stars, in one line. */
function saidBefore({ leadingComments }: babel.Node): { readonly description?: string } {
  const comment = leadingComments?.at(-1);
  if (comment?.type !== 'CommentBlock' || !comment.value.startsWith('*')) return {};
  const description = comment.value
    .replaceAll(/^\s*\*+ ?/gm, '')
    .replace(/\s*@default\s+/, ' Default: ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return { description };
}
