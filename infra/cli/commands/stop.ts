import { switchStore } from '../../../shared/adapters/dynamo/switches.ts';
import type { Command } from '../command.ts';
import { needed, readArgs } from '../command-line.ts';
import { TABLE_NOTES, TABLE_OPTIONS, TABLE_USAGE, tableOf } from '../main-table.ts';
import {
  BY_NOTE,
  operatorIn,
  REASON_NOTE,
  reasonIn,
  switchIn,
  WORDS_OPTIONS,
} from '../operator.ts';

/** The emergency stop of one thing, and of nothing else. */
export const stopCommand: Command = {
  usage: `stop sending|intake --reason WORD [--by NAME] ${TABLE_USAGE}`,
  does: 'Stops the handing over of copies, or the taking in of anything new, within seconds and until `go`.',
  notes: [REASON_NOTE, BY_NOTE, ...TABLE_NOTES],

  async run(args) {
    const { values, positionals } = readArgs(args, { ...TABLE_OPTIONS, ...WORDS_OPTIONS });
    const name = switchIn(positionals);
    const asked = {
      at: new Date().toISOString(),
      reason: reasonIn(needed(values.reason, 'the reason with --reason')),
      by: operatorIn(values),
    };
    const stop = await switchStore(tableOf(values)).stop(name, asked);
    const did = stop.at === asked.at ? 'is stopped' : `was stopped already, for ${stop.reason},`;
    return {
      ok: true,
      lines: ['Functions go by what they read in the last 5 seconds.'],
      json: { switch: name, stop },
      summary: `${name} ${did} since ${stop.at}`,
    };
  },
};
