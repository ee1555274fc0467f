import { outsidePorts, type OutsidePorts } from '../../shared/adapters/outside.ts';
import { processCache } from '../../shared/adapters/process-cache.ts';
import type { Now } from '../../shared/clock.ts';
import type { Cache } from '../../shared/discover/cache.ts';
import { CommandError } from './command.ts';

/** The options by which a command is told how to go outside, for `readArgs`. */
export const OUTSIDE_OPTIONS = {
  dns: { type: 'string' },
  loopback: { type: 'boolean', default: false },
} as const;

/** How they are written. */
export const OUTSIDE_USAGE = '[--dns HOST:PORT] [--loopback]';

/** What they take. */
export const OUTSIDE_NOTES = [
  '--dns: the resolvers to ask, several with commas; those of this machine unless given.',
  '--loopback: hosts that others name may lie on this machine. For tests.',
] as const;

const now = (): Date => new Date();

/** A run lasts seconds: what it found out is kept until it ends. */
const MAX_CACHED_BYTES = 64_000_000;

/** What the sender asks, as a command asks it. */
export interface Outside extends OutsidePorts {
  readonly cache: Cache;
  readonly now: Now;
}

/**
 * Through the guard for hosts that outsiders name, like the sender; `loopback` opens this machine to them, for tests.
 *
 * @param dns the resolvers to ask; those of this machine when absent
 */
export function outside(options: {
  readonly dns?: string | undefined;
  readonly loopback: boolean;
}): Outside {
  const { dns: resolvers = 'system', loopback } = options;
  const cache = processCache({ now, maxBytes: MAX_CACHED_BYTES });
  return { ...portsAt(resolvers, loopback), cache, now };
}

function portsAt(resolvers: string, loopback: boolean): OutsidePorts {
  try {
    return outsidePorts({ resolvers, loopback });
  } catch {
    throw new CommandError(
      `--dns takes HOST:PORT, or several with commas; this is none: ${resolvers}`,
    );
  }
}
