import type { Now } from '../../clock.ts';
import { type AddressKey, addressKeyOf, type DirectAddress, type PatientKey } from '../../ids.ts';
import { done, fail, type Outcome } from '../../outcome.ts';
import type { RequestSettings } from '../../settings.ts';
import { type Named, parseNamed } from '../named.ts';
import { isExpired } from '../running.ts';
import { nextRun } from '../schedule/run.ts';
import type { TransmitRequestStore } from '../store.ts';
import type { RequestAddress, TransmitRequest } from '../transmit-request.ts';
import { isMatch } from '../version.ts';
import { addressOf, addressResumed, withAddress } from './address.ts';
import { review } from './review.ts';

/**
 * Somebody says that a request shall go on: it and its paused addresses are active again, the schedule goes on with the
 * next slot, and the review is as far away as it was at first. That also answers a review before anything is paused.
 * With an address, only that one is active again.
 *
 * @failure transmit-request/not-paused, transmit-request/revoked, transmit-request/expired,
 *   transmit-request/unknown-address
 */
export function resumed(
  request: TransmitRequest,
  now: Date,
  settings: RequestSettings,
  address?: DirectAddress,
): Outcome<TransmitRequest> {
  if (request.status === 'revoked') return fail('transmit-request/revoked');
  if (isExpired(request, now)) return fail('transmit-request/expired');
  if (address !== undefined) return withOneResumed(request, now, addressKeyOf(address));

  const entries = Object.entries(request.addresses) as [AddressKey, RequestAddress][];
  const isAnyPaused = entries.some(([, { status }]) => status === 'paused');
  const waits = request.status === 'paused' || request.reviewReportedAt !== undefined;
  if (!isAnyPaused && !waits) return fail('transmit-request/not-paused');
  const addresses = entries.map(([key, each]): [AddressKey, RequestAddress] => [
    key,
    each.status === 'paused' ? addressResumed(each, now) : each,
  ]);
  const { paused: _, nextRunAt, reviewReportedAt: __, pausesAt: ___, ...rest } = request;
  return done({
    ...rest,
    status: 'active',
    addresses: Object.fromEntries(addresses),
    ...(nextRunAt === undefined ? nextRun(request, now) : { nextRunAt }),
    ...review(request.frequency, now, settings),
  });
}

function withOneResumed(
  request: TransmitRequest,
  now: Date,
  key: AddressKey,
): Outcome<TransmitRequest> {
  const each = addressOf(request, key);
  if (each === undefined) return fail('transmit-request/unknown-address');
  if (each.status === 'revoked') return fail('transmit-request/revoked');
  if (each.status === 'active') return fail('transmit-request/not-paused');
  return done(withAddress(request, key, addressResumed(each, now)));
}

export interface ResumePorts {
  readonly requests: TransmitRequestStore;
  readonly settings: { readonly requests: RequestSettings };
  readonly now: Now;
}

/**
 * The same by name, as a person asks for it.
 *
 * @failure transmit-request/unknown, discover/bad-address, edge/precondition-failed, and the codes of `resumed`
 */
export async function resumeOne(
  patient: PatientKey,
  named: Named,
  { requests, settings, now }: ResumePorts,
): Promise<Outcome<TransmitRequest>> {
  const parsed = parseNamed(named);
  if (!parsed.ok) return parsed;
  const { id, address } = parsed.value;
  const at = now();
  return requests.change(patient, id, at, (current) =>
    isMatch(named.ifMatch, current)
      ? resumed(current, at, settings.requests, address)
      : fail('edge/precondition-failed'),
  );
}
