import { holdStore } from '../../../shared/adapters/dynamo/holds.ts';
import type { Command } from '../command.ts';
import { onlyOne, readArgs } from '../command-line.ts';
import { TABLE_NOTES, TABLE_OPTIONS, TABLE_USAGE, tableOf } from '../main-table.ts';
import { BY_NOTE, BY_OPTIONS, operatorIn } from '../operator.ts';
import { PATIENT_NOTE, patientKeyIn, PEPPER_OPTIONS } from '../patient-key.ts';

/** Ends a legal hold. */
export const releaseHoldCommand: Command = {
  usage: `release-hold PATIENT [--by NAME] [--pepper-secret ARN] ${TABLE_USAGE}`,
  does: 'Ends the legal hold of a patient: what has been kept for its time is removed from tomorrow on.',
  notes: [PATIENT_NOTE, BY_NOTE, ...TABLE_NOTES],

  async run(args) {
    const { values, positionals } = readArgs(args, {
      ...TABLE_OPTIONS,
      ...BY_OPTIONS,
      ...PEPPER_OPTIONS,
    });
    const patientKey = await patientKeyIn(onlyOne(positionals, 'patient'), values['pepper-secret']);
    const at = new Date().toISOString();
    const over = await holdStore(tableOf(values)).release(patientKey, {
      at,
      by: operatorIn(values),
    });
    return {
      ok: over !== undefined,
      lines: over ? [`It was placed at ${over.at}, for ${over.reason}.`] : [],
      json: { ...(over && { over }) },
      summary: over ? `${patientKey}: the hold is over` : `${patientKey}: under no hold`,
    };
  },
};
