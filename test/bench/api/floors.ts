import { API_CASES } from '../cases.ts';
import type { Floor } from '../floors.ts';

/** What the API may take when several ask; how fast it is alone is a matter of the machine. */
export const API_FLOORS: readonly Floor[] = [
  {
    suite: 'api',
    what: 'p95 at half of the greatest rate against that of one caller',
    case: API_CASES.half,
    measure: { kind: 'ratio', of: 'half', over: 'one' },
    sense: 'at most',
    floor: 3,
    aim: 2,
    unit: 'x',
  },
  {
    suite: 'api',
    what: 'calls a second with 50 callers against the most',
    case: API_CASES.fifty,
    measure: { kind: 'ratio', of: 'fifty', over: 'most' },
    sense: 'at least',
    floor: 0.9,
    aim: 0.95,
    unit: '',
  },
  {
    suite: 'api',
    what: 'calls that failed',
    case: API_CASES.errors,
    measure: { kind: 'most', of: 'errors' },
    sense: 'at most',
    everyRun: true,
    floor: 0,
    aim: 0,
    unit: '',
  },
];
