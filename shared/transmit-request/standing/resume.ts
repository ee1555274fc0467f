import type { Now } from '../../clock.ts';
import { isAuthorityEnded } from '../../consent/authority-end.ts';
import type { Actor } from '../../consent/consent.ts';
import { type OnBehalfBody } from '../../consent/on-behalf.ts';
import { type AddressKey, addressKeyOf, type DirectAddress } from '../../ids.ts';
import { done, fail, type Outcome } from '../../outcome.ts';
import { mayAskFor } from '../../patient/may-ask.ts';
import type { Patient } from '../../patient/patient.ts';
import type { RequestSettings } from '../../settings.ts';
import type { AuthoritySettings } from '../../settings-authority.ts';
import { restingOn, type Right, rightToGoOn, rightToNarrow } from '../authority/right.ts';
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
  const waits =
    request.status === 'paused' ||
    request.reviewReportedAt !== undefined ||
    isAuthorityEnded(request, now);
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
  readonly requests: Pick<TransmitRequestStore, 'change'>;
  readonly settings: { readonly requests: RequestSettings; readonly authority: AuthoritySettings };
  readonly now: Now;
}

/** Who lets a request go on, for whom, and what a provider says of how the patient wants it. */
export interface Resuming {
  readonly patient: Pick<Patient, 'key' | 'birthDate' | 'death'>;
  readonly actor: Actor;
  readonly onBehalf?: OnBehalfBody | undefined;
}

/**
 * The same by name, as a person asks for it. A request that goes on as a whole rests from then on on the right of whoever
 * said so.
 *
 * @failure transmit-request/unknown, discover/bad-address, edge/precondition-failed, patient/deceased, and the codes of
 *   `resumed` and `rightToGoOn`
 */
export async function resumeOne(
  { patient, actor, onBehalf }: Resuming,
  named: Named,
  { requests, settings, now }: ResumePorts,
): Promise<Outcome<TransmitRequest>> {
  const mayAsk = mayAskFor(patient, actor);
  if (!mayAsk.ok) return mayAsk;
  const parsed = parseNamed(named);
  if (!parsed.ok) return parsed;
  const { id, address } = parsed.value;
  const at = now();
  const decide = (current: TransmitRequest): Outcome<TransmitRequest> => {
    if (!isMatch(named.ifMatch, current)) return fail('edge/precondition-failed');
    const acting = { patient, actor, onBehalf, settings: settings.authority, now: at };
    // One address that goes on takes nothing over.
    const right = address === undefined ? rightToGoOn(acting, current) : rightToNarrow(acting);
    if (!right.ok) return right;
    const after = resumed(current, at, settings.requests, address);
    if (!after.ok) return after;
    const going = address === undefined ? goneOn(after.value, right.value, at) : after.value;
    return done(patient.death ? { ...going, afterDeath: true } : going);
  };
  return requests.change(patient.key, id, at, decide, actor);
}

/** They have to fit beside the request. What the oldest said, the log of the patient says still. */
const MOST_KEPT = 20;

/** The same, and on record who said so, and when. */
export function goneOn(request: TransmitRequest, right: Right, now: Date): TransmitRequest {
  const resumption = { ...right, at: now.toISOString() };
  const resumptions = [...(request.resumptions ?? []), resumption].slice(-MOST_KEPT);
  return restingOn({ ...request, resumptions }, right);
}
