import { resolved, type Word } from '../../../shared/deliver/by-hand.ts';
import { UsageError, type Command } from '../command.ts';
import { needed, readArgs } from '../command-line.ts';
import { decideByHand } from '../decide-by-hand.ts';
import { TABLE_NOTES, TABLE_OPTIONS, TABLE_USAGE, transmissionIn } from '../main-table.ts';

/** What became of a copy of which nobody knows whether it left. */
export const resolveCommand: Command = {
  usage: `resolve ID --as sent|not-sent --attempt N ${TABLE_USAGE}`,
  does: 'Says of an uncertain copy whether it left: its notices are awaited then, or it is sent now.',
  notes: [
    '--as: sent, when the log of the relay or the recipient says so; not-sent, when it is sure that it did not leave.',
    '--attempt: the uncertain one, as `show` has it; when another was made since, nothing is decided.',
    'A copy that is said not to have left is sent only if its request and its address are active still.',
    ...TABLE_NOTES,
  ],

  async run(args) {
    const { values, positionals } = readArgs(args, {
      ...TABLE_OPTIONS,
      as: { type: 'string' },
      attempt: { type: 'string' },
    });
    const id = transmissionIn(positionals);
    const as = wordIn(needed(values.as, 'what became of it with --as'));
    const attempt = attemptIn(needed(values.attempt, 'the uncertain attempt with --attempt'));
    return decideByHand({
      id,
      table: values.table,
      decide: (history, now) => resolved(history, { as, attempt }, now),
      did: `resolved as ${as}`,
    });
  },
};

function wordIn(text: string): Word {
  if (text === 'sent' || text === 'not-sent') return text;
  throw new UsageError(`--as takes sent or not-sent; not ${text}.`);
}

function attemptIn(text: string): number {
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw new UsageError('--attempt takes the number of an attempt.');
}
