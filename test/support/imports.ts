import { parse } from '@babel/parser';

export interface Import {
  readonly from: string;
  /** Only types come over: nothing of it is there at run time. */
  readonly typeOnly: boolean;
}

/** Every import, re-export and dynamic import of a TypeScript source, read by a parser and not by a pattern. */
export function importsOf(source: string): readonly Import[] {
  const { program } = parse(source, {
    sourceType: 'module',
    plugins: ['typescript', 'jsx'],
    createImportExpressions: true,
  });
  const found: Import[] = [];
  for (const node of program.body) {
    if (node.type === 'ImportDeclaration') {
      found.push({ from: node.source.value, typeOnly: node.importKind === 'type' });
    } else if (
      (node.type === 'ExportNamedDeclaration' || node.type === 'ExportAllDeclaration') &&
      node.source
    ) {
      found.push({ from: node.source.value, typeOnly: node.exportKind === 'type' });
    }
  }
  return [...found, ...dynamicImports(program)];
}

/** `import('x')`, also as a type, anywhere in the tree. */
function dynamicImports(root: object): readonly Import[] {
  const found: Import[] = [];
  const pending: unknown[] = [root];
  while (pending.length > 0) {
    const node = pending.pop();
    if (typeof node !== 'object' || node === null) continue;
    const { type, source, argument } = node as Record<string, { value?: unknown } | undefined> & {
      type?: unknown;
    };
    if (type === 'ImportExpression' && typeof source?.value === 'string') {
      found.push({ from: source.value, typeOnly: false });
    }
    if (type === 'TSImportType' && typeof argument?.value === 'string') {
      found.push({ from: argument.value, typeOnly: true });
    }
    pending.push(...Object.values(node));
  }
  return found;
}
