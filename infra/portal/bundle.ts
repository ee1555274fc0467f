import { buildSync, type BuildOptions } from 'esbuild';

/**
 * How everything is bundled that runs in browsers. Elements become calls of `h`, with what is in them as further arguments: that is
 * shorter than the calls that TypeScript checks (`react-jsx`), and makes the same elements.
 */
const IN_BROWSERS = {
  bundle: true,
  format: 'esm',
  target: 'es2022',
  jsx: 'transform',
  jsxFactory: 'h',
  jsxFragment: 'Fragment',
  inject: ['node_modules/preact/dist/preact.mjs'],
  tsconfigRaw: {},
  minify: true,
  legalComments: 'none',
  write: false,
  logLevel: 'silent',
} satisfies BuildOptions;

export interface Bundled {
  readonly script: string;
  /** What of the script is whose, in bytes before compression: files from the root. */
  readonly bytesOf: Readonly<Record<string, number>>;
}

/**
 * One ES module for browsers.
 *
 * @param entry from the root
 * @param define what stands for free names in it
 * @throws Error when the sources do not build
 */
export function bundled(
  root: string,
  entry: string,
  define: Readonly<Record<string, string>>,
): Bundled {
  const { outputFiles, metafile } = buildSync({
    ...IN_BROWSERS,
    metafile: true,
    absWorkingDir: root,
    entryPoints: [entry],
    define,
  });
  const inputs = Object.values(metafile.outputs).flatMap((output) => Object.entries(output.inputs));
  return {
    script: textOf(outputFiles),
    bytesOf: Object.fromEntries(inputs.map(([path, { bytesInOutput }]) => [path, bytesInOutput])),
  };
}

/** @param entry from the root */
export const styleSheet = (root: string, entry: string): string =>
  textOf(buildSync({ ...IN_BROWSERS, absWorkingDir: root, entryPoints: [entry] }).outputFiles);

const textOf = ([file]: readonly { readonly text: string }[]): string => {
  if (!file) throw new Error('The bundler made no file');
  return file.text;
};
