import { done, fail, type Outcome } from '../../outcome.ts';
import { directiveOf } from '../directive.ts';
import type { Directive, TransmitRequest } from '../transmit-request.ts';
import type { Amending } from './amended.ts';
import type { Terms } from './terms.ts';

/** What of a request is kept of its changes has to fit beside it, and beside the names of all who were stopped. */
const MOST_KEPT = 50;
const MOST_WIDENINGS = 25;
const MOST_BYTES = 200_000;

/** The evidence of a change: all that is asked for from now on. */
export const amendmentOf = (
  { sender }: TransmitRequest,
  terms: Terms,
  { right, consent, signatureName, sendNow, now }: Amending,
): Directive =>
  directiveOf(
    {
      ...terms,
      sender,
      sendNow,
      ...(signatureName === undefined ? {} : { signatureName }),
      ...(right.onBehalf === undefined ? {} : { onBehalf: right.onBehalf }),
    },
    { right, now, ...(consent === undefined ? {} : { consentId: consent.id }) },
  );

/** Nobody is kept from asking for less: of those changes the oldest give way. */
export function withAmendment(request: TransmitRequest, next: Directive): TransmitRequest {
  const kept = [...(request.amendments ?? [])];
  while (kept.length >= MOST_KEPT || bytesOf(kept) > MOST_BYTES) {
    const gives = kept.findIndex(({ narrows }) => narrows);
    if (gives === -1) break;
    kept.splice(gives, 1);
  }
  return { ...request, amendments: [...kept, next] };
}

/**
 * Whether one more change that asks for more can be kept: none of their evidence is ever given up.
 *
 * @failure transmit-request/too-many-changes
 */
export function mayWiden({ amendments = [] }: TransmitRequest): Outcome<void> {
  const widenings = amendments.filter(({ narrows }) => !narrows);
  const hasRoom = widenings.length < MOST_WIDENINGS && bytesOf(widenings) <= MOST_BYTES;
  return hasRoom ? done(undefined) : fail('transmit-request/too-many-changes');
}

const bytesOf = (amendments: readonly Directive[]): number =>
  Buffer.byteLength(JSON.stringify(amendments));
