import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

const USAGE = 'usage: npm run demo [-- [--record FILE] [--json] [--verbose]]';

export interface DemoOptions {
  /** The bytes of the file, instead of the sample records. */
  readonly record?: Uint8Array;
  readonly verbose: boolean;
}

/** @returns what is wrong with them, for people, when they cannot be followed */
export function readOptions(args: readonly string[]): DemoOptions | string {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        record: { type: 'string' },
        json: { type: 'boolean' },
        verbose: { type: 'boolean', default: false },
      },
    });
    const { record, verbose } = values;
    if (record === undefined) return { verbose };
    // npm runs in the project's folder; the file is named from where npm was called.
    const file = resolve(process.env['INIT_CWD'] ?? '.', record);
    return { verbose, record: readFileSync(file) };
  } catch (error) {
    return `${(error as Error).message}\n${USAGE}`;
  }
}
