import type { AddressKey } from '../../ids.ts';
import type { RequestAddress, TransmitRequest } from '../transmit-request.ts';

/** A request that nobody looks at again by itself, because it reached its end date or was revoked. */
export function unwatched(request: TransmitRequest): TransmitRequest {
  const {
    nextRunAt: _,
    reviewAt: __,
    reviewReportedAt: ___,
    pausesAt: ____,
    ...unreviewed
  } = request;
  // In the directive it stays: that is the evidence.
  const { authorityEndsAt: _____, ...rest } = unreviewed;
  const entries = Object.entries(request.addresses) as [AddressKey, RequestAddress][];
  return { ...rest, addresses: Object.fromEntries(entries.map(withoutRecheck)) };
}

function withoutRecheck([key, address]: [AddressKey, RequestAddress]): [
  AddressKey,
  RequestAddress,
] {
  if (address.paused?.recheckAt === undefined) return [key, address];
  const { recheckAt: _, ...paused } = address.paused;
  return [key, { ...address, paused }];
}
