import { join } from 'node:path';
import { caseOfKnown, KNOWN, PATHS } from '../cases.ts';
import { prepareKnown } from '../chain/known-recipient.ts';
import type { Measured } from '../results.ts';
import type { MeasureSuite } from '../session.ts';
import { hostile } from './hostile.ts';
import { takeTurns } from './take-turns.ts';

const EFFORT = { rounds: 11, warmUpCalls: 400 };
/** The two are nearly the same, and a floor lies close by: more rounds than elsewhere tell them apart. */
const KNOWN_EFFORT = { ...EFFORT, rounds: 41 };

/** What it costs to believe somebody, and what those can make it cost whom nobody should believe. */
export const chain: MeasureSuite = async (session) => [
  ...(await pathOfThree(session)),
  ...(await knownAddress(session)),
  ...(await hostile(session)),
];

/** Two certificates under an anchor, which is read each time or was read before, as a function does. */
const pathOfThree: MeasureSuite = async (session) => {
  const folder = join(session.work, 'chain');
  const all: Measured[] = [];
  for (const [how, name] of Object.entries(PATHS)) {
    const tasks = Object.fromEntries(
      ['ours', 'limit', 'pkijs'].map((each) => [each, { mode: `${each}-${how}`, folder }]),
    );
    all.push(await takeTurns(session, 'chain', name, 'chain', tasks, EFFORT));
  }
  return all;
};

/** An address whose certificates are known, beside the judgement of the same certificates alone. */
const knownAddress: MeasureSuite = async (session) => {
  const all: Measured[] = [];
  for (const known of KNOWN) {
    const folder = join(session.work, known);
    if (session.run === 1) await prepareKnown(known, folder);
    const tasks = Object.fromEntries(
      ['known', 'validation'].map((mode) => [mode, { mode, folder, process: 'both' }]),
    );
    all.push(
      await takeTurns(session, 'chain', caseOfKnown(known), 'recipient', tasks, KNOWN_EFFORT),
    );
  }
  return all;
};
