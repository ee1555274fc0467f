import { type Language, languageOf } from '../words/words.ts';

const KEPT = 'language';

/**
 * The language of this visit: the one asked for by `?lang=`, else the one chosen before, else the first of the browser's
 * that we have. It stays for as long as the window.
 */
export function languageOfVisit(
  search: string,
  kept: Pick<Storage, 'getItem' | 'setItem'>,
  preferred: readonly string[],
): Language {
  const wanted = [new URLSearchParams(search).get('lang'), kept.getItem(KEPT), ...preferred];
  const language = languageOf(wanted.find((each) => /^(en|es)(-|$)/i.test(each ?? '')) ?? 'en');
  keepLanguage(language, kept);
  return language;
}

export const keepLanguage = (language: Language, kept: Pick<Storage, 'setItem'>): void =>
  kept.setItem(KEPT, language);
