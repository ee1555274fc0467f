import { en, enPages } from './en.ts';
import { es, esPages } from './es.ts';

type Texts<Shape> = {
  readonly [Name in keyof Shape]: Shape[Name] extends string ? string : Texts<Shape[Name]>;
};

/** Every text on the screens, by screen: the English ones say which there are. */
export type Words = Texts<typeof en>;

/** Every text of the hosted pages around them. */
export type PageWords = Texts<typeof enPages>;

export type Language = 'en' | 'es';

const WORDS: Readonly<Record<Language, Words>> = { en, es };

/** @param lang as in HTML: `es-MX` is `es`, and what is neither is English */
export const languageOf = (lang: string): Language => (/^es(?![a-z])/i.test(lang) ? 'es' : 'en');

export const wordsIn = (language: Language): Words => WORDS[language];

export const pageWordsIn = (language: Language): PageWords =>
  language === 'es' ? esPages : enPages;

/** The text with what stands in its place for each `{name}`. */
export const filled = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
