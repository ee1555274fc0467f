import { holdStore } from '../../../shared/adapters/dynamo/holds.ts';
import type { Command } from '../command.ts';
import { readArgs, takesNothing } from '../command-line.ts';
import { TABLE_NOTES, TABLE_OPTIONS, TABLE_USAGE, tableOf } from '../main-table.ts';

/** Who is under a legal hold. */
export const holdsCommand: Command = {
  usage: `holds ${TABLE_USAGE}`,
  does: 'Lists the patients that are under a legal hold, by key, since when, by whom and why.',
  notes: TABLE_NOTES,

  async run(args) {
    const { values, positionals } = readArgs(args, TABLE_OPTIONS);
    takesNothing(positionals);
    const holds = await holdStore(tableOf(values)).list();
    return {
      ok: true,
      lines: holds.map(
        ({ patientKey, at, by, reason }) => `${patientKey}  since ${at} by ${by}: ${reason}`,
      ),
      json: { holds },
      summary: `${holds.length} patients are under a hold`,
    };
  },
};
