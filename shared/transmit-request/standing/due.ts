import { isAuthorityEnded } from '../../consent/authority-end.ts';
import type { AddressKey } from '../../ids.ts';
import { isExpired } from '../running.ts';
import { isScheduled } from '../schedule/scheduled.ts';
import { latestRunBy } from '../schedule/slots.ts';
import type { TransmitRequest } from '../transmit-request.ts';
import { plansOf } from './plans.ts';

/** What is to be done about a request now. */
export type DueNow =
  /** Its copies go out; of several slots that were missed only the latest is served. Then `ranAt(request, slot)`. */
  | { readonly kind: 'slot'; readonly slot: Date }
  /** Somebody has to say that it shall go on: `reviewReported`. */
  | { readonly kind: 'review' }
  /** Nobody has said so: `pausedForReview`. */
  | { readonly kind: 'pause' }
  /** The address is discovered and judged anew: `addressRechecked`. */
  | { readonly kind: 'recheck'; readonly addressKey: AddressKey }
  /** The authority has ended on which it rests: `pausedForAuthority`. */
  | { readonly kind: 'authority-ended' }
  /** It reached its end date before somebody looked: `unwatched`. */
  | { readonly kind: 'end' };

/** What is to be done at a moment, each of it once; nothing when nothing is due yet. */
export function dueNow(request: TransmitRequest, now: Date): readonly DueNow[] {
  const due = plansOf(request).filter(({ at }) => Date.parse(at) <= now.getTime());
  if (due.length > 0 && isExpired(request, now)) return [{ kind: 'end' }];
  // Whatever else has come is for whoever may decide on it now.
  if (due.length > 0 && isAuthorityEnded(request, now)) return [{ kind: 'authority-ended' }];
  return due.flatMap(({ what }) => (what.kind === 'slot' ? slotBy(request, now) : [what]));
}

/** Of several that were missed, the latest. */
function slotBy({ frequency, schedule }: TransmitRequest, now: Date): readonly DueNow[] {
  if (schedule === undefined || !isScheduled(frequency)) return [];
  return [{ kind: 'slot', slot: latestRunBy(schedule, frequency, now) }];
}
