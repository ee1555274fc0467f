import { parseArgs } from 'node:util';
import { FAMILIES, SIZES, SUITES, type Family, type Size, type Suite } from './cases.ts';

/** What was asked for on the command line. */
export interface Asked {
  readonly suites: readonly Suite[];
  readonly sizes: readonly Size[];
  readonly families: readonly Family[];
  readonly runs: number;
  /** Instead of what each suite holds right. */
  readonly rounds: number | undefined;
  /** Smaller payloads, two runs, fewer contestants and rounds. */
  readonly quick: boolean;
  readonly json: boolean;
  /** Brings docs/performance.md up to date. */
  readonly write: boolean;
}

export const USAGE = `npm run bench [-- OPTION...]
  --suite NAMES     of ${SUITES.join(',')}; all unless given
  --sizes SIZES     of ${SIZES.join(',')}; all unless given
  --families NAMES  of ${FAMILIES.join(',')}; both unless given
  --runs N          how often everything is measured; the best run counts for a floor; 3 unless given
  --rounds N        turns of every contestant in a run; by size unless given
  --quick           about three minutes: up to 10 MB, 2 runs, half of the rounds, contestants of floors only
  --json            one JSON value on standard output, everything else on standard error
  --write           brings the tables of docs/performance.md up to date`;

/** @throws Error with the usage, on words that are none of it */
export function readArguments(args: readonly string[]): Asked {
  const { values } = parseArgs({
    args: [...args],
    options: {
      suite: { type: 'string' },
      sizes: { type: 'string' },
      families: { type: 'string' },
      runs: { type: 'string' },
      rounds: { type: 'string' },
      quick: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
    },
  });
  const { quick, json, write } = values;
  return {
    suites: among(SUITES, values.suite) ?? SUITES,
    sizes: among(SIZES, values.sizes) ?? (quick ? ['100k', '1m', '10m'] : SIZES),
    families: among(FAMILIES, values.families) ?? FAMILIES,
    runs: count(values.runs) ?? (quick ? 2 : 3),
    rounds: count(values.rounds),
    quick,
    json,
    write,
  };
}

/** In the order of the list, whatever the order of the words. */
function among<T extends string>(
  list: readonly T[],
  words: string | undefined,
): readonly T[] | undefined {
  if (words === undefined) return undefined;
  const asked = words.split(',');
  const unknown = asked.filter((word) => !list.some((each) => each === word));
  if (unknown.length > 0) throw new Error(`There is no ${unknown.join(', ')}.\n${USAGE}`);
  return list.filter((each) => asked.includes(each));
}

function count(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new Error(`${text} is no number of runs.\n${USAGE}`);
  return Number(text);
}
