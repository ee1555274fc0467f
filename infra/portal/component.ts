import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync, type BuildOptions } from 'esbuild';
import { wordFaults } from './word-faults.ts';

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

/** `<share-with-direct>`, as pages embed it. */
export interface PortalComponent {
  /** One ES module that imports nothing. */
  readonly script: string;
  /** What TypeScript needs to know of it. */
  readonly types: string;
  /** What of the script is whose, in bytes before compression: files from the root, and the style sheet. */
  readonly bytesOf: Readonly<Record<string, number>>;
}

/** Where the style sheet stands in the sources. */
const LOOK = 'portal/look/look.css';
const ELEMENT = 'portal/element/element.tsx';

/**
 * Builds the component.
 *
 * @param root the project
 * @param faults of the words, a sentence each
 * @throws Error when a text is missing in one of the languages, or the sources do not build
 */
export function portalComponent(root: string, faults = wordFaults()): PortalComponent {
  if (faults.length > 0) throw new Error(`The portal was not built. ${faults.join(' ')}`);
  const { script, bytesOf } = bundle(root, 'portal/share-with-direct.ts');
  const lookBytes = styleSheet(root, LOOK).length;
  return {
    script,
    types: readFileSync(join(root, 'portal/share-with-direct.types.ts'), 'utf8'),
    // The element has the style sheet in it.
    bytesOf: { ...bytesOf, [ELEMENT]: (bytesOf[ELEMENT] ?? 0) - lookBytes, [LOOK]: lookBytes },
  };
}

/** @param entry from the project's root */
export const bundled = (root: string, entry: string): string => bundle(root, entry).script;

function bundle(root: string, entry: string): Pick<PortalComponent, 'script' | 'bytesOf'> {
  const { outputFiles, metafile } = buildSync({
    ...IN_BROWSERS,
    metafile: true,
    absWorkingDir: root,
    entryPoints: [entry],
    define: { LOOK: JSON.stringify(styleSheet(root, LOOK)) },
  });
  const inputs = Object.values(metafile.outputs).flatMap((output) => Object.entries(output.inputs));
  return {
    script: textOf(outputFiles),
    bytesOf: Object.fromEntries(inputs.map(([path, { bytesInOutput }]) => [path, bytesInOutput])),
  };
}

export const styleSheet = (root: string, entry: string): string =>
  textOf(buildSync({ ...IN_BROWSERS, absWorkingDir: root, entryPoints: [entry] }).outputFiles);

const textOf = ([file]: readonly { readonly text: string }[]): string => {
  if (!file) throw new Error('The bundler made no file');
  return file.text;
};
