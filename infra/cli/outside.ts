import { dnsDirectory } from '../../shared/adapters/dns.ts';
import { httpFetch } from '../../shared/adapters/http-fetch.ts';
import { ldapClient } from '../../shared/adapters/ldap.ts';
import type { Now } from '../../shared/clock.ts';
import type { Cache, CacheKey } from '../../shared/discover/cache.ts';
import type { Directory } from '../../shared/discover/directory.ts';
import type { Fetch } from '../../shared/discover/fetch.ts';
import type { Ldap } from '../../shared/discover/ldap.ts';
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

/** What the sender asks, as a command asks it. */
export interface Outside {
  readonly directory: Directory;
  readonly ldap: Ldap;
  readonly fetch: Fetch;
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
  return {
    directory: directoryAt(resolvers),
    ldap: ldapClient({ resolvers, loopback }),
    fetch: httpFetch({ resolvers, loopback }),
    cache: runCache(),
    now: () => new Date(),
  };
}

function directoryAt(resolvers: string): Directory {
  try {
    return dnsDirectory({ resolvers });
  } catch {
    throw new CommandError(
      `--dns takes HOST:PORT, or several with commas; this is none: ${resolvers}`,
    );
  }
}

/** Lives as long as the run. */
function runCache(): Cache {
  const kept = new Map<string, { readonly bytes: Uint8Array; readonly until: Date }>();
  return {
    async read(key) {
      const found = kept.get(nameOf(key));
      return found && found.until > new Date() ? found.bytes : undefined;
    },
    async keep(key, bytes, until) {
      kept.set(nameOf(key), { bytes, until });
    },
  };
}

const nameOf = ({ kind, name }: CacheKey): string => `${kind} ${name}`;
