import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import { importsOf } from './support/imports.ts';

const ROOT = resolve(import.meta.dirname, '..');

const { dependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  readonly dependencies: Readonly<Record<string, string>>;
};

/** The package that a module belongs to: its first word, or its first two when it has a scope. */
const packageOf = (module: string): string | undefined => /^(?:@[^/]+\/)?[^/]+/.exec(module)?.[0];

test('dependencies are the packages that run in functions, and no others', () => {
  const used = ['shared', 'lambdas']
    .flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts'))
        .flatMap((name) => importsOf(readFileSync(join(ROOT, folder, name), 'utf8'))),
    )
    .filter(({ from, typeOnly }) => !typeOnly && !/^(\.|node:)/.test(from))
    .map(({ from }) => packageOf(from));
  expect(new Set(Object.keys(dependencies))).toEqual(new Set(used));
});
