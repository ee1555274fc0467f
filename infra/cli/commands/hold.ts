import { holdStore } from '../../../shared/adapters/dynamo/holds.ts';
import type { Command } from '../command.ts';
import { needed, onlyOne, readArgs } from '../command-line.ts';
import { TABLE_NOTES, TABLE_OPTIONS, TABLE_USAGE, tableOf } from '../main-table.ts';
import { BY_NOTE, operatorIn, REASON_NOTE, reasonIn, WORDS_OPTIONS } from '../operator.ts';
import { PATIENT_NOTE, patientKeyIn, PEPPER_OPTIONS } from '../patient-key.ts';

/** Puts a patient under a legal hold. */
export const holdCommand: Command = {
  usage: `hold PATIENT --reason WORD [--by NAME] [--pepper-secret ARN] ${TABLE_USAGE}`,
  does: 'Keeps everything of a patient from being removed, for a court or a lawyer, until `release-hold`.',
  notes: [PATIENT_NOTE, REASON_NOTE, BY_NOTE, ...TABLE_NOTES],

  async run(args) {
    const { values, positionals } = readArgs(args, {
      ...TABLE_OPTIONS,
      ...WORDS_OPTIONS,
      ...PEPPER_OPTIONS,
    });
    const patientKey = await patientKeyIn(onlyOne(positionals, 'patient'), values['pepper-secret']);
    const asked = {
      patientKey,
      at: new Date().toISOString(),
      reason: reasonIn(needed(values.reason, 'the reason with --reason')),
      by: operatorIn(values),
    };
    const hold = await holdStore(tableOf(values)).place(asked);
    return {
      ok: true,
      lines: ['What a purge has in hand at this moment may still go: a message, or a document.'],
      json: { hold },
      summary: `${patientKey}: under a hold since ${hold.at}, for ${hold.reason}`,
    };
  },
};
