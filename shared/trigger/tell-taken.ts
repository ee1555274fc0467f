import type { Language } from '../language.ts';
import type { Failure } from '../outcome.ts';
import { saysOf } from '../says-of.ts';
import type { TakenEvent } from './take-event.ts';

/** What who reported an event is told of it. */
export const accepted = (
  { result, triggerId, requests, cancels }: TakenEvent,
  language: Language,
): object => ({
  result,
  triggerId,
  requests,
  ...(requests === 0 && !cancels ? { sentence: NOBODY_ASKS[language] } : {}),
});

const NOBODY_ASKS: Readonly<Record<Language, string>> = {
  en: 'No active request asks to send when this happens.',
  es: 'Ninguna solicitud activa pide un envío cuando esto ocurre.',
};

/** The same of one that was refused, while others of its list may have been taken. */
export const refused = ({ code, faults }: Failure, language: Language): object => ({
  result: 'refused',
  code,
  sentence: saysOf(code, language),
  ...(faults === undefined ? {} : { errors: faults }),
});
