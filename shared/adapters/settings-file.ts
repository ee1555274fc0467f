import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseSettings, type Settings } from '../settings.ts';

/**
 * Reads the settings that were packed with the function.
 *
 * @param path relative to the bundle, beside which the file lies: import.meta.dirname is LAMBDA_TASK_ROOT once bundled
 * @throws Error that names every wrong field, or the file when it is absent or no JSON
 */
export function readSettings(path: string, root: string = import.meta.dirname): Settings {
  const file = resolve(root, path);
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new Error(`The settings file ${file} cannot be read`, { cause });
  }
  return parseSettings(value);
}
