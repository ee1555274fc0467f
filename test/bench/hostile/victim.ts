import { dnsDirectory } from '../../../shared/adapters/dns.ts';
import { httpFetch } from '../../../shared/adapters/http-fetch.ts';
import { ldapClient } from '../../../shared/adapters/ldap.ts';
import { processCache } from '../../../shared/adapters/process-cache.ts';
import type { Fetch } from '../../../shared/discover/fetch.ts';
import { Settings } from '../../../shared/settings.ts';
import { certificatesOf } from '../../../shared/trust/anchors.ts';
import { recipientOf, type RecipientPorts } from '../../../shared/trust/recipient.ts';
import { DEADLINE_MS, VICTIM, type Situation } from './situation.ts';

/** As functions have them, with loopback open; what is fetched has to be there by the same deadline as what is discovered. */
function portsIn({ resolver, anchor, now }: Situation): RecipientPorts {
  const outside = { loopback: true, resolvers: resolver };
  const at = (): Date => new Date(now);
  const fetch = httpFetch(outside);
  const deadline = AbortSignal.timeout(DEADLINE_MS);
  const inTime: Fetch = (request) =>
    fetch({ ...request, within: AbortSignal.any([request.within, deadline]) });
  return {
    directory: dnsDirectory({ resolvers: resolver }),
    ldap: ldapClient(outside),
    fetch: inTime,
    cache: processCache({ now: at, maxBytes: 16_000_000 }),
    now: at,
    anchors: async () => certificatesOf(anchor, 'anchor'),
    settings: {
      discovery: Settings.shape.discovery.parse({ deadlineSeconds: DEADLINE_MS / 1000 }),
      trust: Settings.shape.trust.parse(undefined),
    },
  };
}

/** Looks for the certificates of an address whose owner means no good. @returns the code of the refusal */
export async function endOf(situation: Situation): Promise<string> {
  const { outcome } = await recipientOf(VICTIM, portsIn(situation));
  return outcome.ok ? 'trusted' : outcome.failure.code;
}
