import { MEANINGFUL_USE_SECTIONS } from '../../../shared/record/sections/meaningful-use.ts';
import { pageCommand } from '../page-command.ts';
import { sectionsPage } from '../sections-page.ts';

export const sectionsCommand = pageCommand({
  usage: 'sections',
  does: 'Writes docs/sections.md: the sections that are looked for. Those of a file: see `package`.',
  file: 'sections.md',
  text: sectionsPage,
  json: { sections: MEANINGFUL_USE_SECTIONS },
  holds: `${MEANINGFUL_USE_SECTIONS.length} sections`,
});
