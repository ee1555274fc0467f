import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Settings } from '../settings.ts';

/** What settings have that were parsed: a file that somebody wrote by hand leaves out most of it. */
const ALWAYS_THERE = [
  'stage',
  'holderName',
  'senders',
  'anchors',
  'consentTexts',
  'deadlines',
  'identity',
  'relay',
  'trust',
] as const satisfies readonly (keyof Settings)[];

/**
 * Reads the settings that were packed with the function. Whoever deployed it has parsed them, every field with its default;
 * to do so again at every start would take longer than all else that our code does then.
 *
 * @param path relative to the bundle, beside which the file lies: import.meta.dirname is LAMBDA_TASK_ROOT once bundled
 * @throws Error that names the file when it is absent, no JSON, or was never parsed
 */
export function readSettings(path: string, root: string = import.meta.dirname): Settings {
  const file = resolve(root, path);
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new Error(`The settings file ${file} cannot be read`, { cause });
  }
  const missing = ALWAYS_THERE.filter((name) => !has(value, name));
  if (missing.length === 0) return value as Settings;
  throw new Error(`The settings file ${file} was not written by a deployment: ${missing.join(', ')}`); // prettier-ignore
}

const has = (value: unknown, name: string): boolean =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name);
