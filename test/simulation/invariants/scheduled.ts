import type { TransmitRequest } from '../../../shared/transmit-request/transmit-request.ts';
import type { Witness } from '../world/witness.ts';

/** A daily request that nobody stopped was a reason to send once a day, until its end. */
export function scheduled(witness: Witness): readonly string[] {
  return [...witness.requests.values()].flatMap((request) => {
    if (request.frequency !== 'daily' || request.status !== 'active') return [];
    const triggers = witness.triggers.filter(
      ({ trigger }) => trigger.kind === 'scheduled' && trigger.requestId === request.id,
    ).length;
    const slots = slotsOf(request);
    return triggers === slots ? [] : [`${request.id}: ${slots} slots, ${triggers} triggers`];
  });
}

/** Winter in Chicago, and no change of the clock within a life. */
const BEHIND_UTC_HOURS = 6;
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

function slotsOf({ schedule, createdAt, until = '' }: TransmitRequest): number {
  const [hour = 0, minute = 0] = (schedule?.at ?? '').split(':').map(Number);
  const midnight = Math.floor(Date.parse(createdAt) / DAY_MS) * DAY_MS;
  const first = midnight + (hour + BEHIND_UTC_HOURS) * HOUR_MS + minute * 60_000;
  return Array.from({ length: 10 }, (_, day) => first + (day - 1) * DAY_MS).filter(
    (slot) => slot > Date.parse(createdAt) && slot <= Date.parse(until),
  ).length;
}
