import { accepted, refused } from '../tell-taken.ts';
import type { TakenNotification, TakenOfNotification } from './take-notification.ts';

/** What who posted a notification is told: of each event, and of those that did not come. */
export const toldOf = ({ type, results, gaps }: TakenNotification): object => ({
  type,
  results: results.map(toldOfEvent),
  ...(gaps.length === 0 ? {} : { gaps }),
});

const toldOfEvent = ({ eventId, taken }: TakenOfNotification): object => {
  if (!taken.ok) return { eventId, ...refused(taken.failure) };
  return taken.value === 'not-yet'
    ? { eventId, result: 'ignored', sentence: 'Its status is no reason to send.' }
    : { eventId, ...accepted(taken.value) };
};
