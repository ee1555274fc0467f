/** More is nobody's search, and each word costs a look-up. */
export const MOST_WORDS = 8;

/** What letters are written with above and below them, after they are taken apart. */
const MARKS = /\p{M}+/gu;
const WORD = /[\p{L}\p{N}]+/gu;

/** Letters that are whole in Unicode although people also write them with others. */
const WRITTEN_OTHERWISE: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};
const OTHERWISE = new RegExp(`[${Object.keys(WRITTEN_OTHERWISE).join('')}]`, 'gu');

/** The words of a text without case and accents, in their order, each once: what is compared when somebody searches. */
export const foldedWords = (text: string): readonly string[] => [
  ...new Set(folded(text).match(WORD) ?? []),
];

/** A text without case and accents. */
export const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(MARKS, '')
    .toLowerCase()
    .normalize('NFKD')
    .replace(MARKS, '')
    .replace(OTHERWISE, (letter) => WRITTEN_OTHERWISE[letter] ?? letter);
