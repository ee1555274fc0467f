import { done, fail, type Outcome } from '../../outcome.ts';
import { directiveOf } from '../directive.ts';
import type { Directive, TransmitRequest } from '../transmit-request.ts';
import type { Amending } from './amended.ts';
import type { Terms } from './terms.ts';

/** What of a request is kept of its changes has to fit beside it. */
const MOST_KEPT = 50;
const MOST_WIDENINGS = 25;

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
  const kept = request.amendments ?? [];
  const gives = kept.length < MOST_KEPT ? -1 : kept.findIndex(({ narrows }) => narrows);
  return { ...request, amendments: [...kept.filter((_, at) => at !== gives), next] };
}

/**
 * Whether one more change that asks for more can be kept: none of their evidence is ever given up.
 *
 * @failure transmit-request/too-many-changes
 */
export const mayWiden = ({ amendments = [] }: TransmitRequest): Outcome<void> =>
  amendments.filter(({ narrows }) => !narrows).length < MOST_WIDENINGS
    ? done(undefined)
    : fail('transmit-request/too-many-changes');
