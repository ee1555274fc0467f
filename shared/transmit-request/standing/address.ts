import { later } from '../../clock.ts';
import type { FailureCode } from '../../failures.ts';
import type { AddressKey } from '../../ids.ts';
import type { RequestAddress, TransmitRequest } from '../transmit-request.ts';

/** Sends nothing more to one address until it is looked at again. One that is not active comes back as it is. */
export function addressPaused(
  request: TransmitRequest,
  addressKey: AddressKey,
  code: FailureCode,
  now: Date,
  recheckAfterSeconds: number,
): TransmitRequest {
  const each = addressOf(request, addressKey);
  if (each?.status !== 'active' || request.status === 'revoked') return request;
  const recheckAt = later(now, recheckAfterSeconds).toISOString();
  const paused = { code, at: now.toISOString(), recheckAt };
  return withAddress(request, addressKey, { ...each, status: 'paused', paused });
}

/**
 * What a look at a paused address leads to: copies go there again, or it is looked at later once more.
 * An address that is not due for a look comes back as it is: somebody resumed or revoked it meanwhile.
 */
export function addressRechecked(
  request: TransmitRequest,
  addressKey: AddressKey,
  isReachable: boolean,
  now: Date,
  recheckAfterSeconds: number,
): TransmitRequest {
  const each = addressOf(request, addressKey);
  if (each?.status !== 'paused' || each.paused?.recheckAt === undefined) return request;
  if (request.status !== 'active' || Date.parse(each.paused.recheckAt) > now.getTime()) {
    return request;
  }
  const recheckAt = later(now, recheckAfterSeconds).toISOString();
  const paused = { ...each.paused, recheckAt };
  return withAddress(
    request,
    addressKey,
    isReachable ? addressResumed(each, now) : { ...each, paused },
  );
}

/** A paused address, active again: failures from before count no more. */
export function addressResumed(address: RequestAddress, now: Date): RequestAddress {
  const { paused: _, ...rest } = address;
  return { ...rest, status: 'active', resumedAt: now.toISOString() };
}

export const addressOf = (
  { addresses }: TransmitRequest,
  key: AddressKey,
): RequestAddress | undefined => (Object.hasOwn(addresses, key) ? addresses[key] : undefined);

export const withAddress = (
  request: TransmitRequest,
  key: AddressKey,
  address: RequestAddress,
): TransmitRequest => ({ ...request, addresses: { ...request.addresses, [key]: address } });
