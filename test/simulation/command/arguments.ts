import { parseArgs } from 'node:util';

export interface Asked {
  /** From the first to the last, both included. */
  readonly seeds: { readonly first: number; readonly last: number };
  readonly json: boolean;
  /** Only of one seed: everything that happened. */
  readonly trace: boolean;
}

const USAGE = 'simulate [--seeds N] [--json], or simulate --seed N [--trace]';
const DEFAULT_SEEDS = 500;

/** @throws Error with what is wrong, for whoever wrote it */
export function readArguments(written: readonly string[]): Asked {
  const { values } = parsed(written);
  const { seed, seeds, json = false, trace = false } = values;
  if (seed !== undefined && seeds !== undefined) throw new Error(`Either of the two: ${USAGE}`);
  if (trace && seed === undefined) throw new Error(`A trace is of one seed: ${USAGE}`);
  if (seed !== undefined) {
    const one = numberIn('--seed', seed);
    return { seeds: { first: one, last: one }, json, trace };
  }
  const last = seeds === undefined ? DEFAULT_SEEDS : numberIn('--seeds', seeds);
  return { seeds: { first: 1, last }, json, trace };
}

function parsed(written: readonly string[]) {
  try {
    return parseArgs({
      args: [...written],
      options: {
        seed: { type: 'string' },
        seeds: { type: 'string' },
        json: { type: 'boolean' },
        trace: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`, {
      cause: error,
    });
  }
}

function numberIn(option: string, text: string): number {
  const number = Number(text);
  if (/^[1-9]\d{0,8}$/.test(text)) return number;
  throw new Error(`${option} wants a whole number above zero: ${USAGE}`);
}
