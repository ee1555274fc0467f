import type { RecipientPorts } from '../trust/recipient.ts';
import { dnsDirectory, type DnsOptions } from './dns.ts';
import { httpFetch } from './http-fetch.ts';
import { ldapClient } from './ldap.ts';
import type { GuardOptions } from './outbound/guard.ts';

export type OutsidePorts = Required<Pick<RecipientPorts, 'directory' | 'ldap' | 'fetch'>>;

/**
 * Where certificates are looked for, and what they point to: name servers that are ours to choose, and through the guard
 * the hosts that outsiders name.
 *
 * @throws Error when the resolvers cannot be read, which is a wrong setting
 */
export function outsidePorts({
  transport,
  ...guard
}: Required<GuardOptions> & Pick<DnsOptions, 'transport'>): OutsidePorts {
  const { resolvers } = guard;
  return {
    directory: dnsDirectory({ resolvers, ...(transport && { transport }) }),
    ldap: ldapClient(guard),
    fetch: httpFetch(guard),
  };
}
