import type { Language } from '../words/words.ts';

/** A moment (ISO 8601) as readers of a language write it, by their own clock. */
export const momentIn = (language: Language, iso: string): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short' }).format(
    new Date(iso),
  );

/** The day of it. */
export const dayIn = (language: Language, iso: string): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'long' }).format(new Date(iso));
