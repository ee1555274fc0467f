import { join } from 'node:path';
import type { MeasureSuite } from '../session.ts';
import { takeTurns } from './take-turns.ts';

/** Two certificates under an anchor, read and validated; pkijs checks neither address nor key usage nor strength. */
export const chain: MeasureSuite = async (session) => {
  const folder = join(session.work, 'chain');
  const tasks = { ours: { mode: 'ours', folder }, pkijs: { mode: 'pkijs', folder } };
  const effort = { rounds: 11, warmUpCalls: 150 };
  return [await takeTurns(session, 'chain', 'path of three', 'chain', tasks, effort)];
};
