import type { Language } from '../words/words.ts';

/** A moment (ISO 8601) as readers of a language write it, by their own clock. */
export const momentIn = (language: Language, iso: string): string =>
  new Date(iso).toLocaleString(language, { dateStyle: 'long', timeStyle: 'short' });

/** The day of it. */
export const dayIn = (language: Language, iso: string): string =>
  new Date(iso).toLocaleDateString(language, { dateStyle: 'long' });
