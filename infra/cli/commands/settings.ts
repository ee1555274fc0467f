import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONFIG } from '../../config.ts';
import type { Command } from '../command.ts';
import { takesNothing } from '../command-line.ts';
import { settingsPage } from '../settings/settings-page.ts';
import { describedSchema } from '../settings/settings-schema.ts';

const PAGE = join(import.meta.dirname, '../../../docs/settings.md');

/** What editors complete settings by, and the page that lists them. */
export const settingsCommand: Command = {
  usage: 'settings',
  does: 'Writes infra/config/settings.schema.json and docs/settings.md anew, from the settings that there are.',

  async run(args) {
    takesNothing(args);
    const schema = describedSchema();
    const page = settingsPage(schema);
    writeFileSync(
      join(CONFIG, 'settings.schema.json'),
      `${JSON.stringify(schema, undefined, 2)}\n`,
    );
    writeFileSync(PAGE, page);
    const settings = page.split('\n').filter((line) => line.startsWith('| `')).length;
    return {
      ok: true,
      lines: [],
      json: { settings },
      summary: `${settings} settings written to infra/config/settings.schema.json and docs/settings.md`,
    };
  },
};
