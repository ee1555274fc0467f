import { type AddressKey, addressKeyOf, type ConsentId, type DirectAddress } from '../../ids.ts';
import type { Language } from '../../language.ts';
import type { RequestSettings } from '../../settings.ts';
import { type Right, restingOn } from '../authority/right.ts';
import { amendmentOf, withAmendment } from './evidence.ts';
import { stopped } from '../revoke.ts';
import { nextRun } from '../schedule/run.ts';
import { review } from '../standing/review.ts';
import type { RequestAddress, TransmitRequest } from '../transmit-request.ts';
import { type Terms, termsOf } from './terms.ts';

/** Who changes it, by what right, and what it rests on. */
export interface Amending {
  readonly right: Right;
  /** Of what widens: the consent, and the language of its text. */
  readonly consent?: { readonly id: ConsentId; readonly language: Language };
  readonly signatureName?: string | undefined;
  readonly sendNow: boolean;
  readonly settings: RequestSettings;
  readonly now: Date;
}

/**
 * A request under other terms: whoever is not named any more is stopped, as by a revocation, and whoever is added is asked
 * for from now on. What widens has somebody say that it shall go on, so its review is as far away as at first; what is
 * paused stays paused. Under the same terms the request itself comes back.
 */
export function amended(
  request: TransmitRequest,
  terms: Terms,
  amending: Amending,
): TransmitRequest {
  if (textOf(termsOf(request)) === textOf(terms)) return request;
  const { now, consent } = amending;
  const { schedule: _, triggers: __, until: ___, clientReference: ____, ...rest } = request;
  const { addresses: named, ...others } = terms;
  const isRenamed = request.clientReference !== terms.clientReference;
  const after: TransmitRequest = {
    ...rest,
    ...others,
    addresses: addressesAfter(request, named, now),
    ...(isRenamed ? { renamed: true } : {}),
  };
  const timed = withRun(request, after, now);
  const evident = isOnlyRenamed(request, terms)
    ? timed
    : withAmendment(timed, amendmentOf(timed, terms, amending));
  return consent ? widened(evident, consent.language, amending) : evident;
}

const textOf = ({ schedule, ...terms }: Terms): string =>
  JSON.stringify([
    terms.addresses.map(addressKeyOf),
    terms.frequency,
    schedule && [schedule.at, schedule.timeZone, schedule.dayOfWeek, schedule.dayOfMonth],
    terms.triggers,
    terms.until,
    terms.clientReference,
  ]);

/** A name that the caller gives it says nothing of what is sent. */
const isOnlyRenamed = (request: TransmitRequest, terms: Terms): boolean =>
  textOf(nameless(termsOf(request))) === textOf(nameless(terms));

function nameless(terms: Terms): Terms {
  const { clientReference: _, ...others } = terms;
  return others;
}

function addressesAfter(
  { addresses: before, version }: TransmitRequest,
  named: readonly DirectAddress[],
  now: Date,
): Readonly<Record<AddressKey, RequestAddress>> {
  const at = now.toISOString();
  const keys = new Set(named.map(addressKeyOf));
  const entries = Object.entries(before) as [AddressKey, RequestAddress][];
  const kept = entries.map(([key, each]): [AddressKey, RequestAddress] => [
    key,
    keys.has(key) || each.status === 'revoked' ? each : stopped(each, at),
  ]);
  const added = named
    .map((address): [AddressKey, RequestAddress] => [
      addressKeyOf(address),
      { address, status: 'active', addedAt: at, addedWith: version + 1 },
    ])
    .filter(([key]) => (before[key]?.status ?? 'revoked') === 'revoked');
  return Object.fromEntries([...kept, ...added]);
}

/** A slot that has come already is served, unless another schedule was asked for; one beyond the end is none. */
function withRun(before: TransmitRequest, after: TransmitRequest, now: Date): TransmitRequest {
  const { nextRunAt, ...rest } = after;
  // It is worked out anew when somebody resumes it.
  if (after.status === 'paused') return rest;
  const isBeyond = after.until !== undefined && nextRunAt !== undefined && nextRunAt > after.until;
  const isSame = clockOf(before) === clockOf(after);
  if (isSame && nextRunAt !== undefined && !isBeyond) return after;
  return { ...rest, ...nextRun(after, now) };
}

const clockOf = ({ frequency, schedule }: TransmitRequest): string =>
  textOf({ addresses: [], frequency, ...(schedule === undefined ? {} : { schedule }) });

function widened(
  request: TransmitRequest,
  language: Language,
  { right, settings, now }: Amending,
): TransmitRequest {
  const rests = { ...restingOn(request, right), language };
  if (request.status === 'paused') return rests;
  const { reviewReportedAt: _, pausesAt: __, reviewAt: ___, ...rest } = rests;
  return { ...rest, ...review(request.frequency, now, settings) };
}
