import { FAILURES } from '../../../shared/failures.ts';
import { failuresPage } from '../failures-page.ts';
import { pageCommand } from '../page-command.ts';

export const failuresCommand = pageCommand({
  usage: 'failures',
  does: 'Writes docs/failures.md: every code, what it means, who acts and how.',
  file: 'failures.md',
  text: failuresPage,
  json: FAILURES,
  holds: `${Object.keys(FAILURES).length} codes`,
});
