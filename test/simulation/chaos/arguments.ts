import { parseArgs } from 'node:util';

export interface Asked {
  /** How long workers are killed; what is under way then is let come to its end. */
  readonly seconds: number;
  readonly json: boolean;
}

const USAGE = 'chaos [--seconds N] [--json]';
const DEFAULT_SECONDS = 120;

/** @throws Error with what is wrong, for whoever wrote it */
export function readArguments(written: readonly string[]): Asked {
  const { seconds = String(DEFAULT_SECONDS), json = false } = parsed(written);
  if (!/^[1-9]\d{0,4}$/.test(seconds)) throw new Error(`How many seconds? ${USAGE}`);
  return { seconds: Number(seconds), json };
}

function parsed(written: readonly string[]) {
  const options = { seconds: { type: 'string' }, json: { type: 'boolean' } } as const;
  try {
    return parseArgs({ args: [...written], options }).values;
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    throw new Error(`${words}\n${USAGE}`, { cause: error });
  }
}
