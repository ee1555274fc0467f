import type { Language } from '../../language.ts';
import { accepted, refused } from '../tell-taken.ts';
import type { TakenNotification, TakenOfNotification } from './take-notification.ts';

/** What who posted a notification is told: of each event, and of those that did not come. */
export const toldOf = ({ type, results, gaps }: TakenNotification, language: Language): object => ({
  type,
  results: results.map((each) => toldOfEvent(each, language)),
  ...(gaps.length === 0 ? {} : { gaps }),
});

const toldOfEvent = ({ eventId, taken }: TakenOfNotification, language: Language): object => {
  if (!taken.ok) return { eventId, ...refused(taken.failure, language) };
  return taken.value === 'not-yet'
    ? { eventId, result: 'ignored', sentence: NO_REASON[language] }
    : { eventId, ...accepted(taken.value, language) };
};

const NO_REASON: Readonly<Record<Language, string>> = {
  en: 'Its status is no reason to send.',
  es: 'Su estado no es motivo de envío.',
};
