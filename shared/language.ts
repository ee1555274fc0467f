/** The languages in which patients and recipients are written to. */
export const LANGUAGES = ['en', 'es'] as const;

export type Language = (typeof LANGUAGES)[number];

/** The language of a tag, whatever region it names; English when nobody has put our words into it. */
export const languageFor = (tag: string): Language =>
  LANGUAGES.find((language) => language === tag.toLowerCase().split('-')[0]) ?? 'en';
