import type { PackedFile } from './zip/open-zip.ts';

export interface Finder {
  /** @param uri relative to the directory of the metadata; a file in capitals and one in small letters are told apart only if both are there */
  byUri(folder: string, uri: string): PackedFile | undefined;
  /** @param sha1 lower-case hex */
  bySha1(sha1: string): PackedFile | undefined;
}

/** Finds the files that metadata speaks of. */
export function finderOf(files: readonly PackedFile[]): Finder {
  const exact = new Map(files.map((file) => [file.name, file]));
  const inCapitals = new Map(files.map((file) => [file.name.toUpperCase(), file]));
  return {
    byUri(folder, uri) {
      const paths = pathsOf(folder, uri);
      const named = paths.find((path) => exact.has(path));
      if (named !== undefined) return exact.get(named);
      return paths.map((path) => inCapitals.get(path.toUpperCase())).find((file) => file);
    },
    bySha1: (sha1) => files.find((file) => file.sha1() === sha1),
  };
}

/** As it is written and as it is meant, beside the metadata; and where slashes were lost, behind one too. */
function pathsOf(folder: string, uri: string): string[] {
  const folders = folder.endsWith('/') ? [folder] : [folder, `${folder}/`];
  return folders.flatMap((each) =>
    [uri, withoutEscapes(uri)].flatMap((name) => pathOf(each, name) ?? []),
  );
}

function withoutEscapes(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri;
  }
}

/** The path in the zip; nothing when it leads out of it. */
function pathOf(folder: string, uri: string): string | undefined {
  const path: string[] = [];
  for (const step of `${folder}${uri.replaceAll('\\', '/')}`.split('/')) {
    if (step === '..' && path.pop() === undefined) return undefined;
    if (step !== '..' && step !== '.') path.push(step);
  }
  return path.join('/');
}
