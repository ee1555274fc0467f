import { caseOfKnown, HOSTILE_INPUTS, KNOWN, PATHS, timeOf } from '../cases.ts';
import type { Floor } from '../floors.ts';

const path = (name: string): Floor => ({
  suite: 'chain',
  what: 'validation against its signature checks and DER parses',
  case: name,
  measure: { kind: 'ratio', of: 'ours', over: 'limit' },
  sense: 'at most',
  floor: 6,
  aim: 4,
  unit: 'x',
});

const known = (name: string): Floor => ({
  suite: 'chain',
  what: 'a known address against its validation',
  case: name,
  measure: { kind: 'ratio', of: 'known', over: 'validation' },
  sense: 'at most',
  floor: 1.2,
  aim: 1.1,
  unit: 'x',
});

const memory = (name: string): Floor => ({
  suite: 'chain',
  what: 'hostile input, peak above idle',
  case: name,
  measure: { kind: 'most', of: 'ours' },
  sense: 'at most',
  everyRun: true,
  floor: 64,
  aim: 48,
  unit: ' MB',
});

/** Clocks strike a little late, and what was under way has to be put down. */
const time = (name: string): Floor => ({
  suite: 'chain',
  what: 'hostile input, time against its deadline',
  case: name,
  measure: { kind: 'ratio', of: 'taken', over: 'deadline' },
  sense: 'at most',
  everyRun: true,
  floor: 1.1,
  aim: 1.02,
  unit: 'x',
});

/** What it may cost to believe somebody, and what those can make it cost whom nobody should believe. */
export const CHAIN_FLOORS: readonly Floor[] = [
  ...Object.values(PATHS).map(path),
  ...KNOWN.map(caseOfKnown).map(known),
  ...HOSTILE_INPUTS.map(memory),
  ...HOSTILE_INPUTS.map(timeOf).map(time),
];
