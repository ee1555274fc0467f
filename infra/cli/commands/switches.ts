import { switchStore } from '../../../shared/adapters/dynamo/switches.ts';
import { SWITCHES } from '../../../shared/switches.ts';
import type { Command } from '../command.ts';
import { readArgs, takesNothing } from '../command-line.ts';
import { TABLE_NOTES, TABLE_OPTIONS, TABLE_USAGE, tableOf } from '../main-table.ts';

/** What is stopped right now. */
export const switchesCommand: Command = {
  usage: `switches ${TABLE_USAGE}`,
  does: 'Says whether sending or intake is stopped, since when, by whom and why.',
  notes: TABLE_NOTES,

  async run(args) {
    const { values, positionals } = readArgs(args, TABLE_OPTIONS);
    takesNothing(positionals);
    const switches = switchStore(tableOf(values));
    const positions = await Promise.all(
      SWITCHES.map(async (name) => ({ name, stop: await switches.read(name) })),
    );
    const stopped = positions.filter(({ stop }) => stop !== undefined).map(({ name }) => name);
    return {
      ok: true,
      lines: positions.map(({ name, stop }) =>
        stop
          ? `${name.padEnd(8)} stopped since ${stop.at} by ${stop.by}: ${stop.reason}`
          : `${name.padEnd(8)} goes on`,
      ),
      json: { switches: positions },
      summary: stopped.length > 0 ? `Stopped: ${stopped.join(', ')}` : 'Nothing is stopped',
    };
  },
};
