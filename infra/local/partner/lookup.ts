import { dnsDirectory } from '../../../shared/adapters/dns.ts';
import { discover } from '../../../shared/discover/discover.ts';
import type { DirectAddress } from '../../../shared/ids.ts';

/** Finds certificates where every peer finds them: in DNS, at the address and then at its domain. */
export function lookupInDns(
  resolver: string,
): (address: DirectAddress) => Promise<readonly Uint8Array[]> {
  const directory = dnsDirectory({ resolvers: resolver });
  return async (address) => {
    const { outcome } = await discover(address, { directory, now: () => new Date() });
    return outcome.ok ? outcome.value.certificates : [];
  };
}
