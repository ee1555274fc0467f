import { hastened } from '../../../shared/deliver/by-hand.ts';
import type { Command } from '../command.ts';
import { readArgs } from '../command-line.ts';
import { decideByHand } from '../decide-by-hand.ts';
import { TABLE_NOTES, TABLE_OPTIONS, TABLE_USAGE, transmissionIn } from '../main-table.ts';

/** The next attempt at a copy that waits, now. */
export const retryCommand: Command = {
  usage: `retry ID ${TABLE_USAGE}`,
  does: 'Has a copy tried now that waits for its next attempt.',
  notes: TABLE_NOTES,

  async run(args) {
    const { values, positionals } = readArgs(args, TABLE_OPTIONS);
    return decideByHand({
      id: transmissionIn(positionals),
      table: values.table,
      decide: hastened,
      did: 'due now',
      instead: ({ code }) =>
        code === 'transmission/ended'
          ? 'An end is final. Another copy is of another request (POST /v1/patients/{patientId}/transmit-requests), or of the next event.'
          : '',
    });
  },
};
