import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command, Report } from './command.ts';
import { takesNothing } from './command-line.ts';

const DOCS = join(import.meta.dirname, '../../docs');

interface Page extends Pick<Command, 'usage' | 'does'> {
  /** Its name in docs/. */
  readonly file: string;
  readonly text: () => string;
  readonly json: Report['json'];
  /** How much of what is on it, as `3 codes`. */
  readonly holds: string;
}

/** A page that is written by the table that the code uses, so that it cannot say anything else. */
export const pageCommand = ({ usage, does, file, text, json, holds }: Page): Command => ({
  usage,
  does,

  async run(args) {
    takesNothing(args);
    writeFileSync(join(DOCS, file), text());
    return { ok: true, lines: [], json, summary: `${holds} written to docs/${file}` };
  },
});
