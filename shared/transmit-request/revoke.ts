import { type AddressKey, addressKeyOf, type DirectAddress } from '../ids.ts';
import { done, fail, type Outcome } from '../outcome.ts';
import type { RequestAddress, TransmitRequest } from './transmit-request.ts';

/**
 * Stops a request, or one of its addresses, for all that has not left yet. What is stopped already keeps its time:
 * then the request itself comes back, and nothing needs to be written.
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
  const stopped = ([key, each]: [AddressKey, RequestAddress]): [AddressKey, RequestAddress] =>
    (only ?? key) === key && each.status === 'active'
      ? [key, { ...each, status: 'revoked', revokedAt }]
      : [key, each];
  const after = entries.map(stopped);

  const running = after.some(([, { status }]) => status === 'active');
  const touched = after.some(([, each], at) => each !== entries[at]?.[1]);
  const ends = !running && request.status === 'active';
  if (!touched && !ends) return done(request);
  return done({
    ...request,
    addresses: Object.fromEntries(after),
    ...(ends ? { status: 'revoked' as const, revokedAt } : {}),
  });
}
