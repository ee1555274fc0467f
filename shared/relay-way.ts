import { domainOf, type DirectAddress } from './ids.ts';
import type { RelaySettings } from './settings.ts';

/** Whether copies to an address go by somebody else's HISP: that one then finds the recipient, and judges him. */
export type GoesByHisp = (to: DirectAddress) => boolean;

type Routes = Pick<RelaySettings, 'routes'>;

/** The URL of the relay that takes copies to an address: that of its domain, else the one of all others. */
export function relayUrlTo(to: DirectAddress, relayUrl: string, { routes }: Routes): string {
  const domain = domainOf(to);
  return (Object.hasOwn(routes, domain) ? routes[domain] : undefined) ?? relayUrl;
}

/** @param relayUrl of all that have no way of their own */
export const waysByHisp =
  (relayUrl: string, relay: Routes): GoesByHisp =>
  (to) =>
    /^hisp\+/i.test(relayUrlTo(to, relayUrl, relay));
