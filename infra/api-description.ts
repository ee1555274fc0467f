import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * The OpenAPI document of the sources, as JSON. A process of its own writes it: it reads every schema of every function,
 * which nothing that is deployed does, and synthesis need not wait for that when the bundles are there.
 */
export function apiDescription(root: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'api-description-'));
  const file = join(folder, 'openapi.json');
  try {
    execFileSync(
      process.execPath,
      [join(root, 'infra/cli/transmit.ts'), 'openapi', '--out', file],
      {
        stdio: ['ignore', 'ignore', 'inherit'],
      },
    );
    return readFileSync(file, 'utf8');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
