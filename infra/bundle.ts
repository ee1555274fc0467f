import { createHash } from 'node:crypto';
import {
  existsSync,
  globSync,
  mkdtempSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { buildSync, type BuildOptions } from 'esbuild';

export interface BundleProps {
  /** The project, with lambdas/ and shared/ in it. */
  readonly root: string;
  /** @default dist/ of the project */
  readonly outdir?: string;
  /** What lies beside the bundle of a function, by the path of each file: made when the bundles are made. */
  readonly beside?: Readonly<Record<string, () => string>>;
}

/** Some packages inside an ES module bundle still call `require`. */
const BANNER =
  "import { createRequire as __createRequire } from 'node:module';" +
  'const require = __createRequire(import.meta.url);';

/** What libraries name and no function comes to, and what stands in its place. */
const INSTEAD = {
  '@aws-sdk/credential-provider-node': join(import.meta.dirname, 'bundle/lambda-credentials.ts'),
  'encoding-japanese': join(import.meta.dirname, 'bundle/absent.ts'),
  pino: join(import.meta.dirname, 'bundle/absent.ts'),
  socks: join(import.meta.dirname, 'bundle/absent.ts'),
};

/** How everything is bundled that runs as a function, or is measured as if it did. */
export const BUNDLING = {
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  mainFields: ['module', 'main'],
  banner: { js: BANNER },
  minify: true,
  alias: INSTEAD,
  logLevel: 'silent',
} satisfies BuildOptions;

/**
 * Packages that few deployments ever load, and then when a secret asks for it. Inside a bundle they would be parsed at
 * every start of a function, so they lie beside it, where Node finds them.
 */
const BESIDE = ['node-forge'];

/**
 * Bundles every function in one call of esbuild, unless the same sources were bundled before.
 *
 * CDK and the local system call this and run the same files: `<function>/index.mjs`, each with its source map.
 *
 * @returns the folder that holds them, named by the hash of the sources
 */
export function bundleFunctions(props: BundleProps): string {
  const { root, outdir = join(root, 'dist'), beside = {} } = props;
  const bundles = join(outdir, hashOfSources(root));
  if (existsSync(bundles)) return bundles;

  mkdirSync(outdir, { recursive: true });
  const building = mkdtempSync(join(outdir, '.building-'));
  try {
    build(root, building);
    for (const [file, text] of Object.entries(beside)) writeFileSync(join(building, file), text());
    moveInto(bundles, building);
  } finally {
    rmSync(building, { recursive: true, force: true });
  }
  return bundles;
}

/** How the functions of a project are bundled, all in one call. */
export const functionsBuild = (root: string, outdir: string) =>
  ({
    ...BUNDLING,
    absWorkingDir: root,
    entryPoints: Object.fromEntries(
      sorted('lambdas/*/index.ts', root).map((file) => [
        file.replace(/^lambdas\/(.*)\.ts$/, '$1'),
        file,
      ]),
    ),
    outdir,
    external: BESIDE,
    metafile: true,
  }) satisfies BuildOptions;

function build(root: string, outdir: string): void {
  const { metafile } = buildSync({
    ...functionsBuild(root, outdir),
    sourcemap: true,
    sourcesContent: false,
  });
  for (const [file, { imports }] of Object.entries(metafile.outputs)) {
    const beside = imports.filter(({ path }) => BESIDE.includes(path));
    for (const { path } of beside) putBeside(resolve(root, file), path, root);
  }
}

/** A whole package in one file. */
function putBeside(bundle: string, name: string, root: string): void {
  const folder = join(dirname(bundle), 'node_modules', name);
  buildSync({
    ...BUNDLING,
    absWorkingDir: root,
    entryPoints: [name],
    outfile: join(folder, 'index.mjs'),
  });
  writeFileSync(join(folder, 'package.json'), `{"name":"${name}","exports":"./index.mjs"}\n`);
}

/** Two builds of the same sources may end at the same moment; their files are the same, and the first one stays. */
function moveInto(bundles: string, building: string): void {
  try {
    renameSync(building, bundles);
  } catch (error) {
    if (!existsSync(bundles)) throw error;
  }
}

function hashOfSources(root: string): string {
  const hash = createHash('sha256');
  const ours = sorted('{shared,lambdas,infra/cli/openapi}/**/*.{ts,json}', root);
  for (const file of ['package-lock.json', ...ours]) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(resolve(root, file)))
      .update('\0');
  }
  for (const file of [import.meta.filename, ...Object.values(INSTEAD)])
    hash.update(readFileSync(file));
  return hash.digest('hex').slice(0, 16);
}

const sorted = (pattern: string, root: string): string[] => globSync(pattern, { cwd: root }).sort();
