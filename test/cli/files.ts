import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';

/** A folder of the test file, removed when its tests are over. @returns the path of a file written there */
export function folderFor(name: string): (file: string, content: string | Uint8Array) => string {
  const folder = mkdtempSync(join(tmpdir(), `${name}-`));
  afterAll(() => rmSync(folder, { recursive: true }));
  return (file, content) => {
    const path = join(folder, file);
    writeFileSync(path, content);
    return path;
  };
}
