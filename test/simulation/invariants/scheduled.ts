import type { TransmitRequest } from '../../../shared/transmit-request/transmit-request.ts';
import type { Witness } from '../world/witness.ts';

/** A daily request that nobody stopped, paused or changed was a reason to send once a day, until its end. */
export function scheduled(witness: Witness): readonly string[] {
  return [...witness.requests.values()].flatMap((request) => {
    if (request.frequency !== 'daily' || request.status !== 'active') return [];
    if (request.amendments !== undefined || wasPaused(witness, request)) return [];
    const triggers = witness.triggers.filter(
      ({ trigger }) => trigger.kind === 'scheduled' && trigger.requestId === request.id,
    ).length;
    const most = slotsOf(request, 0);
    const isCounted = triggers <= most && triggers >= slotsOf(request, LATEST_HOURS);
    return isCounted ? [] : [`${request.id}: ${most} slots, ${triggers} triggers`];
  });
}

/** Its slots passed until somebody resumed it. */
const wasPaused = ({ requestChanges }: Witness, { id }: TransmitRequest): boolean =>
  requestChanges.some(({ after }) => after.id === id && after.status === 'paused');

/** A slot that nobody comes to before the request has ended is not served any more: the patient said until when. */
const LATEST_HOURS = 8;

/** Winter in Chicago, and no change of the clock within a life. */
const BEHIND_UTC_HOURS = 6;
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** Until its end, or up to so many hours before it. */
function slotsOf(
  { schedule, createdAt, until = '', authorityEndsAt = until }: TransmitRequest,
  beforeHours: number,
): number {
  const [hour = 0, minute = 0] = (schedule?.at ?? '').split(':').map(Number);
  const end = Math.min(Date.parse(until), Date.parse(authorityEndsAt));
  const midnight = Math.floor(Date.parse(createdAt) / DAY_MS) * DAY_MS;
  const first = midnight + (hour + BEHIND_UTC_HOURS) * HOUR_MS + minute * 60_000;
  return Array.from({ length: 10 }, (_, day) => first + (day - 1) * DAY_MS).filter(
    (slot) => slot > Date.parse(createdAt) && slot <= end - beforeHours * HOUR_MS,
  ).length;
}
