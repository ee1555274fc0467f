import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { buildSync, type Metafile } from 'esbuild';
import { functionsBuild } from '../../infra/bundle.ts';

const ROOT = resolve(import.meta.dirname, '../..');

type Inputs = Readonly<Record<string, { readonly bytesInOutput: number }>>;

/** What no function has a use for. */
const USELESS: readonly (readonly [what: string, RegExp])[] = [
  ['what is written for the description of the API', /^lambdas\/([^/]+\/)?schemas?\.ts$/],
  ['what deploys, operates or tests', /^(infra\/(?!bundle\/)|test\/)/],
  ['languages in which zod could speak', /^node_modules\/zod\/v4\/locales\/(?!en\.)/],
  ['ways to credentials that no function goes', /@aws-sdk\/(nested-clients|token-providers|credential-provider-(?!env))/], // prettier-ignore
  ['proxies, loggers and character sets of others', /node_modules\/(pino|socks|encoding-japanese)\//], // prettier-ignore
  ['what lies beside the bundle', /node_modules\/node-forge\//],
  ['libraries of tests and benches', /node_modules\/(pkijs|asn1js|fflate|aws-cdk-lib|esbuild|csv-parse|fast-check)\//], // prettier-ignore
];

/** Only who answers people has sentences in their languages. */
const SENTENCES = /^shared\/(failures-es|status\/sentences-)/;

/** What a bundle holds in vain, and of what kind it is. */
function uselessIn(inputs: Inputs, answersPeople: boolean): readonly string[] {
  const held = Object.keys(inputs).filter((path) => (inputs[path]?.bytesInOutput ?? 0) > 0);
  const kinds = answersPeople
    ? USELESS
    : [...USELESS, ['sentences for people', SENTENCES] as const];
  return kinds.flatMap(([what, pattern]) =>
    held.filter((path) => pattern.test(path)).map((path) => `${what}: ${path}`),
  );
}

describe('a bundle', () => {
  let metafile: Metafile;
  let bundles: readonly (readonly [name: string, Inputs])[];
  beforeAll(() => {
    const build = buildSync({ ...functionsBuild(ROOT, resolve(ROOT, 'dist')), write: false });
    metafile = build.metafile;
    bundles = Object.entries(metafile.outputs).map(([file, { inputs }]) => [
      file.split('/').at(-2) ?? '',
      inputs,
    ]);
  });

  test('holds nothing that its function does not use', () => {
    expect(bundles.length).toBeGreaterThan(20);
    const useless = bundles.flatMap(([name, inputs]) =>
      uselessIn(inputs, existsSync(resolve(ROOT, 'lambdas', name, 'route.ts'))).map(
        (each) => `${name} holds ${each}`,
      ),
    );
    expect(useless).toEqual([]);
  });

  test('holds of the packages only those that are installed for the functions', () => {
    const { dependencies } = JSON.parse(readFileSync(resolve(ROOT, 'package.json'), 'utf8')) as {
      readonly dependencies: Record<string, string>;
    };
    const named = Object.entries(metafile.inputs)
      .filter(([path]) => /^(shared|lambdas)\//.test(path))
      .flatMap(([, { imports }]) => imports.map(({ original }) => original ?? ''))
      .map((from) => /^(@[^/]+\/[^/]+|[^./][^/]*)/.exec(from)?.[0] ?? '')
      .filter((name) => name !== '' && !name.startsWith('node:'));
    expect(named).toContain('zod');
    expect([...new Set(named)].filter((name) => !(name in dependencies))).toEqual([]);
  });

  test('has something in the place of each package that is left out, because something names it', () => {
    const replaced = Object.keys(functionsBuild(ROOT, '').alias);
    const named = Object.values(metafile.inputs).flatMap(({ imports }) =>
      imports.map(({ original }) => original),
    );
    expect(replaced.filter((name) => !named.includes(name))).toEqual([]);
  });
});

test.each([
  ['lambdas/events/schema.ts', true],
  ['lambdas/schemas.ts', true],
  ['infra/cli/openapi/routes.ts', true],
  ['test/support/clock.ts', true],
  ['node_modules/zod/v4/locales/fr.js', true],
  ['node_modules/@aws-sdk/nested-clients/dist-es/index.js', true],
  ['node_modules/pino/pino.js', true],
  ['node_modules/node-forge/lib/index.js', true],
  ['node_modules/pkijs/build/index.js', true],
  ['shared/failures-es-edge.ts', false],
  ['shared/status/sentences-es.ts', false],
])('a bundle with %s would be found', (path, answersPeople) => {
  const held = { [path]: { bytesInOutput: 1 }, 'shared/ids.ts': { bytesInOutput: 1 } };
  expect(uselessIn(held, answersPeople)).toEqual([expect.stringMatching(`: ${path}$`)]);
  expect(uselessIn({ [path]: { bytesInOutput: 0 } }, answersPeople)).toEqual([]);
});
