import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FAILURES } from '../../../shared/failures.ts';
import type { Command } from '../command.ts';
import { takesNothing } from '../command-line.ts';
import { failuresPage } from '../failures-page.ts';

const PAGE = join(import.meta.dirname, '../../../docs/failures.md');

/** The page is written by the table that the code uses, so it cannot say anything else. */
export const failuresCommand: Command = {
  usage: 'failures',
  does: 'Writes docs/failures.md: every code, what it means, who acts and how.',

  async run(args) {
    takesNothing(args);
    writeFileSync(PAGE, failuresPage());
    const codes = Object.keys(FAILURES);
    return {
      ok: true,
      lines: [],
      json: FAILURES,
      summary: `${codes.length} codes written to docs/failures.md`,
    };
  },
};
