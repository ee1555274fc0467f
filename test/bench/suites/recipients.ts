import { join } from 'node:path';
import { caseOf } from '../cases.ts';
import type { Measured } from '../results.ts';
import type { MeasureSuite } from '../session.ts';
import { EFFORTS } from './interleave.ts';
import { takeTurns } from './take-turns.ts';

/** One record to one recipient, and to ten of them: each has its own package, message, signature and encryption. */
export const recipients: MeasureSuite = async (session) => {
  const all: Measured[] = [];
  for (const size of session.sizes.filter(
    (each) => each !== '30m' && !(session.quick && each === '10m'),
  )) {
    const name = caseOf('structured', size);
    const folder = join(session.work, name);
    const tasks = { one: { mode: 'one', folder }, ten: { mode: 'ten', folder } };
    all.push(await takeTurns(session, 'recipients', name, 'recipients', tasks, EFFORTS[size]));
  }
  return all;
};
