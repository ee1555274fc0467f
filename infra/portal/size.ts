import { gzipSync } from 'node:zlib';
import type { PortalComponent } from './component.ts';
import type { PortalFile } from './portal-file.ts';

/** What the file of the component may have. */
export const LIMIT_BYTES = 20_000;

export interface Size {
  readonly gzippedBytes: number;
  readonly limitBytes: number;
  readonly isGood: boolean;
  readonly parts: readonly Part[];
  /** What is read besides, by name: the style sheet, and the words of one language. */
  readonly besideGzippedBytes: Readonly<Record<string, number>>;
}

/** What of it is what. */
export interface Part {
  readonly name: string;
  readonly minifiedBytes: number;
  /** Its share by what it has before compression: what is compressed together cannot be told apart. */
  readonly gzippedBytesAbout: number;
}

export function sizeOf({
  script,
  bytesOf,
  beside,
}: Pick<PortalComponent, 'script' | 'bytesOf' | 'beside'>): Size {
  const gzippedBytes = gzipped(script);
  const minified = new Map<string, number>();
  for (const [path, bytes] of Object.entries(bytesOf)) {
    const name = partOf(path);
    minified.set(name, (minified.get(name) ?? 0) + bytes);
  }
  const share = gzippedBytes / script.length;
  return {
    gzippedBytes,
    limitBytes: LIMIT_BYTES,
    isGood: gzippedBytes < LIMIT_BYTES,
    parts: [...minified]
      .map(([name, minifiedBytes]) => ({
        name,
        minifiedBytes,
        gzippedBytesAbout: Math.round(minifiedBytes * share),
      }))
      .toSorted((one, other) => other.minifiedBytes - one.minifiedBytes),
    besideGzippedBytes: Object.fromEntries(
      Object.entries(beside).map(([name, { body }]: [string, PortalFile]) => [name, gzipped(body)]),
    ),
  };
}

const gzipped = (text: string): number => gzipSync(text, { level: 9 }).length;

/** @param path from the project's root */
function partOf(path: string): string {
  if (path.startsWith('node_modules/')) return path.split('/')[1] ?? path;
  return `code, ${path.split('/').slice(1, -1).join('/') || 'entry'}`;
}
