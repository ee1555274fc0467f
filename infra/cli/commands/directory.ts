import { readPlaces } from '../../read-places.ts';
import { type Command, UsageError } from '../command.ts';
import { onlyOne, readArgs, readInput } from '../command-line.ts';

/** What a deployment would say of a list of places, before there is one. */
export const directoryCommand: Command = {
  usage: 'directory check FILE.csv',
  does: 'Says what is wrong in a list of places to send to, line by line. See docs/directory.md.',

  async run(args) {
    const [word, ...files] = readArgs(args, {}).positionals;
    if (word !== 'check') throw new UsageError('directory has one word: check.');
    const file = onlyOne(files, 'list of places');
    const { places, faults } = readPlaces(await readInput(file));
    return {
      ok: faults.length === 0,
      lines: faults.map(({ line, says }) => `line ${line}: ${says}`),
      json: { places: places.length, faults },
      summary: `${file}: ${places.length} places, ${faults.length} faults`,
    };
  },
};
