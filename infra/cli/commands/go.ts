import { switchStore } from '../../../shared/adapters/dynamo/switches.ts';
import type { Command } from '../command.ts';
import { readArgs } from '../command-line.ts';
import { TABLE_NOTES, TABLE_OPTIONS, TABLE_USAGE, tableOf } from '../main-table.ts';
import { BY_NOTE, BY_OPTIONS, operatorIn, switchIn } from '../operator.ts';

/** The end of a stop. */
export const goCommand: Command = {
  usage: `go sending|intake [--by NAME] ${TABLE_USAGE}`,
  does: 'Lets go on what `stop` stopped: copies that waited leave within minutes.',
  notes: [BY_NOTE, ...TABLE_NOTES],

  async run(args) {
    const { values, positionals } = readArgs(args, { ...TABLE_OPTIONS, ...BY_OPTIONS });
    const name = switchIn(positionals);
    const at = new Date().toISOString();
    const over = await switchStore(tableOf(values)).go(name, { at, by: operatorIn(values) });
    return {
      ok: true,
      lines: over ? [`It was stopped at ${over.at}, for ${over.reason}.`] : [],
      json: { switch: name, ...(over && { over }) },
      summary: over ? `${name} goes on` : `${name} was not stopped`,
    };
  },
};
