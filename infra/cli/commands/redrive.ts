import { CommandError, type Command } from '../command.ts';
import { onlyOne, readArgs } from '../command-line.ts';
import { move, sourceOf, sqsClient, urlOf } from '../dead-letters.ts';

/** Gives messages back to their queue whose work failed for a reason that is over. */
export const redriveCommand: Command = {
  usage: 'redrive QUEUE [--to QUEUE]',
  does: 'Moves dead letters back to their queue, where they are worked on again.',
  notes: [
    'QUEUE: the queue of the dead letters, by its name or its URL. What is repeated by it is harmless: the table decides what is still to do.',
    '--to: where they go; the queue whose dead letters they are, unless given.',
    'Region, credentials and endpoint are those of the AWS SDK.',
  ],

  async run(args) {
    const { values, positionals } = readArgs(args, { to: { type: 'string' } });
    const named = onlyOne(positionals, 'queue of dead letters');
    const sqs = sqsClient();
    const from = await urlOf(named, sqs);
    const to = values.to === undefined ? await sourceOf(from, sqs) : await urlOf(values.to, sqs);
    if (to === from) throw new CommandError('--to is the queue of the dead letters itself.');
    const moved = await move(from, to, sqs);
    return {
      ok: true,
      lines: [],
      json: { from, to, moved },
      summary: `${moved} moved to ${to}`,
    };
  },
};
