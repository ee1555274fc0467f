import { dnsDirectory } from '../../../shared/adapters/dns.ts';
import { httpFetch } from '../../../shared/adapters/http-fetch.ts';
import { ldapClient } from '../../../shared/adapters/ldap.ts';
import type { HostingPorts } from '../../../shared/trust/hosting.ts';
import { CommandError } from '../command.ts';

interface Outside {
  /** `host:port` of resolvers, or `system`. */
  readonly dns?: string | undefined;
  /** Whether what others name may lie on this machine. */
  readonly loopback: boolean;
}

/** The world as a stranger asks it, through the guard. @throws CommandError */
export function outsidePorts({ dns: resolvers = 'system', loopback }: Outside): HostingPorts {
  try {
    const guard = { resolvers, loopback };
    return {
      directory: dnsDirectory({ resolvers }),
      ldap: ldapClient(guard),
      fetch: httpFetch(guard),
      now: () => new Date(),
    };
  } catch {
    throw new CommandError(
      `--dns takes HOST:PORT, or several with commas; this is none: ${resolvers}`,
    );
  }
}
