import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { buildSync } from 'esbuild';
import { BUNDLING, bundleFunctions, functionsBuild } from '../../../infra/bundle.ts';
import { FUNCTIONS } from './floors.ts';
import { librariesOf } from './libraries-of.ts';
import { ROOT } from './root.ts';
import { surroundingsIn, type Surroundings } from './surroundings.ts';

/** What is compared, for each function. */
export interface Programs {
  readonly surroundings: Surroundings;
  /** The bundle as it is deployed. */
  readonly bundleOf: (name: string) => string;
  /** What it takes from packages, alone. */
  readonly librariesOf: (name: string) => string;
  /** In thousands of bytes. */
  readonly sizeOf: (name: string) => { readonly minified: number; readonly gzip: number };
}

/** @param timer the program that says what an import costs */
export async function programsIn(work: string, timer: string): Promise<Programs> {
  const bundles = bundleFunctions({
    root: ROOT,
    outdir: join(work, 'dist'),
    beside: { 'api-description/openapi.json': () => '{}' },
  });
  const surroundings = await surroundingsIn(join(work, 'around'), FUNCTIONS);
  const bundleOf = (name: string): string => join(bundles, name, 'index.mjs');
  const libraries = join(work, 'libraries');
  if (!existsSync(libraries)) {
    const secrets = new Map<string, number>();
    for (const name of FUNCTIONS) {
      await costOf(timer, bundleOf(name), surroundings);
      secrets.set(name, surroundings.secretsRead());
    }
    bundleLibraries(libraries, secrets);
  }
  return {
    surroundings,
    bundleOf,
    librariesOf: (name) => join(libraries, `${name}.mjs`),
    sizeOf: (name) => {
      const bytes = readFileSync(bundleOf(name));
      return { minified: bytes.length / 1000, gzip: gzipSync(bytes).length / 1000 };
    },
  };
}

/** With what the compiler leaves of them when it knows that only this is used, as in the bundles. */
function bundleLibraries(outdir: string, secrets: ReadonlyMap<string, number>): void {
  const { metafile } = buildSync({ ...functionsBuild(ROOT, outdir), write: false });
  const sources = `${outdir}-sources`;
  mkdirSync(sources, { recursive: true });
  for (const [name, count] of secrets) {
    const program = librariesOf(`lambdas/${name}/index.ts`, metafile, ROOT, count);
    writeFileSync(join(sources, `${name}.ts`), program);
  }
  buildSync({
    ...BUNDLING,
    external: functionsBuild(ROOT, outdir).external,
    entryPoints: [...secrets.keys()].map((name) => join(sources, `${name}.ts`)),
    nodePaths: [join(ROOT, 'node_modules')],
    outdir,
  });
}

/** What an import takes. */
export interface Cost {
  readonly ms: number;
  /** Of processors, whoever else wanted them. */
  readonly processorMs: number;
}

/** Of a process of its own, as Lambda starts one. */
export async function costOf(
  timer: string,
  program: string,
  { variables }: Surroundings,
): Promise<Cost> {
  const env = { PATH: process.env['PATH'], ...variables };
  const running = promisify(execFile)(process.execPath, [timer, program], { env });
  const { stdout } = await running.catch(({ stderr }: { stderr: string }) => {
    // The source of a bundle is one line, and no news.
    const why = /^\w*Error.*$/m.exec(stderr)?.[0] ?? 'without a word';
    throw new Error(`${program} ended: ${why}`);
  });
  const [ms = Number.NaN, processorMs = Number.NaN] = stdout.split(' ').map(Number);
  return { ms, processorMs };
}
