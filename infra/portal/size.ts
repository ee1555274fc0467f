import { gzipSync } from 'node:zlib';
import type { PortalComponent } from './component.ts';

/** What a page may have to load for the component. */
export const LIMIT_BYTES = 20_000;

export interface Size {
  readonly gzippedBytes: number;
  readonly limitBytes: number;
  readonly isGood: boolean;
  readonly parts: readonly Part[];
}

/** What of it is what. */
export interface Part {
  readonly name: string;
  readonly minifiedBytes: number;
  /** Its share by what it has before compression: what is compressed together cannot be told apart. */
  readonly gzippedBytesAbout: number;
}

export function sizeOf({ script, bytesOf }: Pick<PortalComponent, 'script' | 'bytesOf'>): Size {
  const gzippedBytes = gzipSync(script, { level: 9 }).length;
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
  };
}

/** @param path from the project's root */
function partOf(path: string): string {
  if (path.startsWith('node_modules/')) return path.split('/')[1] ?? path;
  if (path.startsWith('portal/words/e')) return `words, ${path.slice('portal/words/'.length, -3)}`;
  if (path.endsWith('.css')) return 'style sheet';
  return `code, ${path.split('/').slice(1, -1).join('/') || 'entry'}`;
}
