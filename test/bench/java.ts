import { execFileSync } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import type { Program } from './protocol/child.ts';

const SOURCES = resolve(import.meta.dirname, 'contestants/bouncycastle');
/** Where Debian's libbcmail-java and what it needs lie. */
const JARS = ['bcprov', 'bcutil', 'bcpkix', 'bcmail', 'javax.mail', 'javax.activation'].map(
  (name) => `/usr/share/java/${name}.jar`,
);

/**
 * Compiles BouncyCastle's side into the folder.
 *
 * @returns what runs it, or why it cannot be run here
 */
export function compileBouncyCastle(folder: string): Program | string {
  const missing = JARS.filter((jar) => !existsSync(jar));
  if (missing.length > 0) return 'libbcmail-java is not installed';
  const sources = globSync(join(SOURCES, '*.java'));
  const classes = join(folder, 'java');
  const path = [classes, ...JARS].join(delimiter);
  try {
    execFileSync('javac', ['-cp', path, '-d', classes, ...sources], { stdio: 'pipe' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'there is no javac';
    throw error;
  }
  return { command: 'java', args: ['-cp', path, 'Main'] };
}
