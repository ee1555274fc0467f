import type { Request } from '../api/views.ts';
import type { TypedAddresses } from '../choose/typed-addresses.ts';
import { changeOf, type WantedFrequency, wantedOf } from '../choose/wanted-frequency.ts';

/** How somebody wants a request. */
export interface Draft {
  readonly wanted: WantedFrequency;
  readonly typed: TypedAddresses;
}

/** The addresses that are not stopped. */
export const openAddresses = ({ addresses }: Request): readonly string[] =>
  addresses.filter(({ status }) => status !== 'revoked').map(({ address }) => address);

/** As it is. */
export const draftOf = (request: Request): Draft => ({
  wanted: wantedOf(request),
  typed: { lines: openAddresses(request) },
});

/** All that can be changed of a request, as it is to be. */
export const termsOf = (wanted: WantedFrequency, addresses: readonly string[]): object => ({
  ...changeOf(wanted),
  addresses,
});

/** Whether a request has these terms; upper and lower case are one mailbox to the API. */
export function hasTerms(request: Request, terms: object): boolean {
  const now = termsOf(wantedOf(request), openAddresses(request));
  return JSON.stringify(now).toLowerCase() === JSON.stringify(terms).toLowerCase();
}
