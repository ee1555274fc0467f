import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MEANINGFUL_USE_SECTIONS } from '../../../shared/record/sections/meaningful-use.ts';
import type { Command } from '../command.ts';
import { takesNothing } from '../command-line.ts';
import { sectionsPage } from '../sections-page.ts';

const PAGE = join(import.meta.dirname, '../../../docs/sections.md');

/** The page is written by the list that the code uses, as that of the failures is. */
export const sectionsCommand: Command = {
  usage: 'sections',
  does: 'Writes docs/sections.md: the sections that are looked for. Those of a file: see `package`.',

  async run(args) {
    takesNothing(args);
    writeFileSync(PAGE, sectionsPage());
    return {
      ok: true,
      lines: [],
      json: { sections: MEANINGFUL_USE_SECTIONS },
      summary: `${MEANINGFUL_USE_SECTIONS.length} sections written to docs/sections.md`,
    };
  },
};
