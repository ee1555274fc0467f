import type { Actor } from '../../consent/consent.ts';
import type { FailureCode } from '../../failures.ts';
import { type AddressKey, type DirectAddress, milestoneIdOf, type Sha256 } from '../../ids.ts';
import type { Milestone, MilestoneKind } from '../milestone.ts';
import type { RequestAddress, TransmitRequest } from '../transmit-request.ts';
import { addressOf } from './address.ts';

/** What a change is to those who are told, before it has an id and a time. */
interface News {
  readonly kind: MilestoneKind;
  readonly addressKey?: AddressKey;
  readonly code?: FailureCode;
}

/**
 * What a change of a request is worth telling, by comparison alone: nobody who changes one has to think of it.
 *
 * @param before absent: it was made now
 * @param after with the version under which it is kept, from which the ids are made
 * @param by whoever changed it; absent: nobody, or who asked for what was made now
 */
export function milestonesBetween(
  before: TransmitRequest | undefined,
  after: TransmitRequest,
  now: Date,
  by: Actor | undefined = before ? undefined : after.directive.actor,
): readonly Milestone[] {
  const { id: requestId, patientKey, clientReference, version, directive } = after;
  const asked = lastAsked(after);
  const isAnew = before === undefined || lastAsked(before) !== asked;
  const news: readonly News[] =
    before === undefined ? [{ kind: 'transmit-request.created' }] : newsOf(before, after);
  return news.map(({ kind, addressKey, code }) => ({
    id: milestoneIdOf(requestId, kind, `${version} ${addressKey ?? ''}`),
    kind,
    requestId,
    patientKey,
    ...(clientReference === undefined ? {} : { clientReference }),
    ...(addressKey === undefined ? {} : { addressKey }),
    addressees: addresseesOf(addressKey, before, after),
    ...(by === undefined ? {} : { by }),
    ...(isAnew && { directiveSha256: asked }),
    ...(code === undefined ? {} : { code }),
    ...(directive.basis === undefined ? {} : { attestedBy: directive.actor.subject }),
    at: now.toISOString(),
  }));
}

/** By its hash: what was asked for last. */
const lastAsked = ({ directive, amendments }: TransmitRequest): Sha256 =>
  (amendments?.at(-1) ?? directive).sha256;

/** What is stopped as a whole has nobody left, so those count who were there before. */
function addresseesOf(
  key: AddressKey | undefined,
  before: TransmitRequest | undefined,
  after: TransmitRequest,
): readonly DirectAddress[] {
  if (key !== undefined) return [addressOf(after, key)?.address ?? []].flat();
  const request = after.status === 'revoked' && before !== undefined ? before : after;
  return Object.values(request.addresses)
    .filter(({ status }) => status !== 'revoked')
    .map(({ address }) => address);
}

/** Of what was stopped as a whole, nothing else is worth telling. */
function newsOf(before: TransmitRequest, after: TransmitRequest): readonly News[] {
  if (after.status === 'revoked') {
    return before.status === 'revoked' ? [] : [{ kind: 'transmit-request.revoked' }];
  }
  const keys = Object.keys(after.addresses) as AddressKey[];
  return [
    ...(isOther(before, after) ? [{ kind: 'transmit-request.changed' } as const] : []),
    ...newsOfWhole(before, after),
    ...keys.flatMap((key) => newsOfAddress(key, addressOf(before, key), addressOf(after, key))),
  ];
}

/** What was asked for, beside the addresses. */
const isOther = (before: TransmitRequest, after: TransmitRequest): boolean =>
  termsOf(before) !== termsOf(after);

const termsOf = ({ frequency, schedule, triggers, until, sender }: TransmitRequest): string =>
  JSON.stringify([
    frequency,
    schedule && [schedule.at, schedule.timeZone, schedule.dayOfWeek, schedule.dayOfMonth],
    triggers,
    until,
    sender,
  ]);

function newsOfWhole(before: TransmitRequest, after: TransmitRequest): readonly News[] {
  if (after.status === 'paused') {
    return before.status === 'paused' ? [] : [{ kind: 'transmit-request.paused', ...why(after) }];
  }
  const wasReported = before.reviewReportedAt !== undefined;
  const isReported = after.reviewReportedAt !== undefined;
  if (isReported && !wasReported) return [{ kind: 'transmit-request.review-due' }];
  // Who answers a review before it pauses anything has said that it goes on; one that ended has no review any more.
  const isAnswered = wasReported && !isReported && after.reviewAt !== undefined;
  return before.status === 'paused' || isAnswered ? [{ kind: 'transmit-request.resumed' }] : [];
}

function newsOfAddress(
  addressKey: AddressKey,
  before: RequestAddress | undefined,
  after: RequestAddress | undefined,
): readonly News[] {
  const [was, is] = [before?.status ?? 'revoked', after?.status ?? 'revoked'];
  if (after === undefined || was === is) return [];
  if (is === 'revoked') return [{ kind: 'transmit-request.revoked', addressKey }];
  if (was === 'revoked') return [{ kind: 'transmit-request.address-added', addressKey }];
  if (is === 'active') return [{ kind: 'transmit-request.resumed', addressKey }];
  return [{ kind: 'transmit-request.paused', addressKey, ...why(after) }];
}

const why = ({
  paused,
}: {
  readonly paused?: { readonly code: FailureCode };
}): { readonly code?: FailureCode } => (paused === undefined ? {} : { code: paused.code });
