import { domainOf, type DirectAddress } from '../../ids.ts';
import type { Certificate } from '../certificate.ts';

/** What a certificate proves about an address: that the mailbox is meant, or the service that holds its domain. */
export type Proved = 'mailbox' | 'service';

/**
 * To what the certificate's alternative names bind it. Case does not count in either part; a domain has to be the
 * whole one, with no wildcard and no parent. Names in the subject bind nothing.
 *
 * @see RFC 5280 section 4.2.1.6
 * @returns undefined when it belongs elsewhere
 */
export function bindingOf(
  { rfc822Names, dnsNames }: Certificate,
  address: DirectAddress,
): Proved | undefined {
  if (includes(rfc822Names, address)) return 'mailbox';
  return includes(dnsNames, domainOf(address)) ? 'service' : undefined;
}

const includes = (names: readonly string[], wanted: string): boolean =>
  names.some((name) => name.toLowerCase() === wanted.toLowerCase());
