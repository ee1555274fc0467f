import { parse } from '@babel/parser';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';

/** What a file takes from one package: names it imports, or members that it uses of all of it. */
interface Taken {
  readonly from: string;
  readonly names: readonly string[];
  readonly members: readonly string[];
}

/**
 * A program that loads what our files take from packages and of Node, and nothing of ours: with it is measured what no code of ours
 * could do without. What a function loads later, when it is needed, is not in it.
 *
 * @param entry `lambdas/<name>/index.ts`
 * @param secrets how many secrets the function reads while it starts
 */
export function librariesOf(
  entry: string,
  { inputs }: Metafile,
  root: string,
  secrets: number,
): string {
  // prettier-ignore
  const taken = ourFilesOf(entry, inputs).flatMap((file) =>
    takenIn(readFileSync(join(root, file), 'utf8')),
  );
  const lines = taken.flatMap(({ from, names, members }, index) => {
    const path = JSON.stringify(from);
    const used = names.map((name, at) => `${name} as t${index}_${at}`);
    return [
      ...(used.length > 0 ? [`import { ${used.join(', ')} } from ${path};`] : []),
      ...(members.length > 0 ? [`import * as n${index} from ${path};`] : []),
    ];
  });
  const uses = taken.flatMap(({ names, members }, index) => [
    ...names.map((_, at) => `t${index}_${at}`),
    ...members.map((member) => `n${index}.${member}`),
  ]);
  return [...lines, `export const used = [${uses.join(', ')}];`, ...asking(secrets)].join('\n');
}

const asking = (secrets: number): readonly string[] =>
  secrets === 0
    ? []
    : [
        "import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';",
        `for (let each = 0; each < ${secrets}; each += 1)`,
        "  await new SecretsManagerClient({}).send(new GetSecretValueCommand({ SecretId: 'x' }));",
      ];

/** Ours are all that an entry imports at once, not what it would load later. */
function ourFilesOf(entry: string, inputs: Metafile['inputs']): readonly string[] {
  const found = new Set([entry]);
  for (const file of found) {
    for (const { path, kind } of inputs[file]?.imports ?? []) {
      if (kind === 'import-statement' && /^(shared|lambdas)\//.test(path)) found.add(path);
    }
  }
  return [...found];
}

type Node = Readonly<Record<string, unknown>> & { readonly type: string };

function takenIn(source: string): readonly Taken[] {
  const { program } = parse(source, { sourceType: 'module', plugins: ['typescript'] });
  return program.body.flatMap((node): readonly Taken[] => {
    if (node.type !== 'ImportDeclaration' || node.importKind === 'type') return [];
    const from = node.source.value;
    if (from.startsWith('.')) return [];
    // By any name Node loads all of one of its own modules.
    if (from.startsWith('node:')) return [{ from, names: ['default'], members: [] }];
    const names = node.specifiers.flatMap((each): readonly string[] => {
      if (each.type === 'ImportDefaultSpecifier') return ['default'];
      if (each.type !== 'ImportSpecifier' || each.importKind === 'type') return [];
      return each.imported.type === 'Identifier' ? [each.imported.name] : [];
    });
    const space = node.specifiers.find(({ type }) => type === 'ImportNamespaceSpecifier');
    const members = space ? membersOf(space.local.name, program as unknown as Node) : [];
    return [{ from, names, members }];
  });
}

/** `z.string` and the like, where they are values. */
function membersOf(name: string, program: Node): readonly string[] {
  const members = new Set<string>();
  const pending: unknown[] = [program];
  while (pending.length > 0) {
    const node = pending.pop();
    if (typeof node !== 'object' || node === null) continue;
    const { type, object, property, computed } = node as Record<string, { name?: string }> & { type?: unknown }; // prettier-ignore
    if (type === 'MemberExpression' && object?.name === name && !computed && property?.name) {
      members.add(property.name);
    }
    pending.push(...Object.values(node));
  }
  return [...members];
}
