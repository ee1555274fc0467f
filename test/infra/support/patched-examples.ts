import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONFIG } from '../../../infra/config.ts';

export type Json = Readonly<Record<string, unknown>>;
/** What is laid over an example; `undefined` takes something out. */
export type Patch = Json;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const patched = (value: Json, patch: Patch): Json => ({
  ...value,
  ...Object.fromEntries(
    Object.entries(patch).map(([key, change]) => {
      const old = value[key];
      return [key, isObject(change) && isObject(old) ? patched(old, change) : change];
    }),
  ),
});

export const example = (name: string): Json =>
  JSON.parse(readFileSync(join(CONFIG, `${name}.json`), 'utf8')) as Json;

/** What is wrong, what is laid over an example, and the whole of what is said. */
export type Case = readonly [name: string, patch: Patch, says: string];

/** The one that sends in the example of production. */
export const [SENDER] = example('production')['senders'] as readonly Json[];
