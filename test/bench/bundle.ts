import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { buildSync } from 'esbuild';
import { BUNDLING } from '../../infra/bundle.ts';

/**
 * Bundles every program that is measured as a function is bundled, so that none of them is measured with the
 * compiler that strips its types.
 *
 * @returns the path of the bundle of a program
 */
export function bundlePrograms(outdir: string): (name: string) => string {
  const programs = globSync(join(import.meta.dirname, '{contestants,cold}/*.ts'));
  buildSync({
    ...BUNDLING,
    entryPoints: Object.fromEntries(programs.map((file) => [basename(file, '.ts'), file])),
    outdir,
    sourcemap: false,
  });
  return (name) => join(outdir, `${name}.mjs`);
}
