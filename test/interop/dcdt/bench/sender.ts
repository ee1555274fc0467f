import { dnsDirectory } from '../../../../shared/adapters/dns.ts';
import { httpFetch } from '../../../../shared/adapters/http-fetch.ts';
import { ldapClient } from '../../../../shared/adapters/ldap.ts';
import { anchorsOf } from '../../../../shared/trust/anchors.ts';
import type { RecipientPorts } from '../../../../shared/trust/recipient.ts';
import { memoryCache } from '../../../support/memory/cache.ts';

const now = (): Date => new Date();

/** Our side: the adapters that functions are wired with, asking one name server, and let onto this machine. */
export function senderAt(resolver: string, anchorPem: string): RecipientPorts {
  const outbound = { loopback: true, resolvers: resolver };
  const anchors = anchorsOf({ anchors: [anchorPem] });
  return {
    directory: dnsDirectory({ resolvers: resolver }),
    ldap: ldapClient(outbound),
    fetch: httpFetch(outbound),
    cache: memoryCache(now),
    now,
    anchors: async () => anchors,
    settings: {
      discovery: { deadlineSeconds: 8, stripTags: false, dnsTransport: 'udp-first' },
      trust: { domains: {} },
    },
  };
}
