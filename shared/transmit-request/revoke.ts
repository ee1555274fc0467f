import { type AddressKey, addressKeyOf, type DirectAddress } from '../ids.ts';
import { done, fail, type Outcome } from '../outcome.ts';
import { unwatched } from './standing/unwatched.ts';
import type { RequestAddress, TransmitRequest } from './transmit-request.ts';

/**
 * Stops a request, or one of its addresses, for all that has not left yet, whether it is active or paused. What is
 * stopped already keeps its time: then the request itself comes back, and nothing needs to be written.
 * A request whose last address is stopped is stopped.
 *
 * @failure transmit-request/unknown-address
 */
export function revoked(
  request: TransmitRequest,
  now: Date,
  address?: DirectAddress,
): Outcome<TransmitRequest> {
  const only = address === undefined ? undefined : addressKeyOf(address);
  if (only !== undefined && !Object.hasOwn(request.addresses, only)) {
    return fail('transmit-request/unknown-address');
  }
  const revokedAt = now.toISOString();
  const entries = Object.entries(request.addresses) as [AddressKey, RequestAddress][];
  const after = entries.map(([key, each]): [AddressKey, RequestAddress] =>
    (only ?? key) === key && each.status !== 'revoked'
      ? [key, stopped(each, revokedAt)]
      : [key, each],
  );

  const isLeft = after.some(([, { status }]) => status !== 'revoked');
  const touched = after.some(([, each], at) => each !== entries[at]?.[1]);
  const ends = !isLeft && request.status !== 'revoked';
  if (!touched && !ends) return done(request);
  const changed = { ...request, addresses: Object.fromEntries(after) };
  if (!ends) return done(changed);
  const { paused: _, ...rest } = unwatched(changed);
  return done({ ...rest, status: 'revoked', revokedAt });
}

export function stopped(address: RequestAddress, revokedAt: string): RequestAddress {
  const { paused: _, ...rest } = address;
  return { ...rest, status: 'revoked', revokedAt };
}
