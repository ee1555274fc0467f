import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Place } from '../discover/places/places.ts';

/**
 * Reads the data holder's list of places that was packed with the function. Whoever deployed it has looked at each; to
 * do so again at every start would take longer than to search.
 *
 * @param path relative to the bundle, beside which the file lies, as `readSettings` has it
 * @throws Error when the file is absent or no JSON
 */
export function readPlacesFile(path: string, root: string = import.meta.dirname): readonly Place[] {
  const file = resolve(root, path);
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as readonly Place[];
  } catch (cause) {
    throw new Error(`The list of places ${file} cannot be read`, { cause });
  }
}
