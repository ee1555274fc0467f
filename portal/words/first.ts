import type { Language, Words } from './words.ts';

/** What may have to be said before all words are there: it is in the script, in every language. */
export interface FirstWords {
  readonly title: string;
  readonly busy: Pick<Words['busy'], 'loading'>;
  readonly trouble: Pick<Words['trouble'], 'unreachable' | 'again'>;
}

/** Put in by the build, from the files of all words. */
declare const FIRST: Readonly<Record<Language, FirstWords>>;

export const firstWordsIn = (language: Language): FirstWords => FIRST[language];
