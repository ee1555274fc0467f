const sentencesIn = (text: string): readonly string[] =>
  text.split(/[.!?:]+(?:\s|$)/).filter((each) => each.trim() !== '');
const wordsIn = (text: string): readonly string[] => text.match(/[\p{L}'’]+/gu) ?? [];

/** As the formula counts them: groups of vowels, without a silent e at the end. */
const englishSyllables = (word: string): number =>
  Math.max(
    1,
    word
      .toLowerCase()
      .replace(/(?:[^laeiouy]es|[^laeiouytd]ed|[^laeiouy]e)$/, '')
      .match(/[aeiouy]+/g)?.length ?? 1,
  );

/** Two strong vowels are two syllables. */
const spanishSyllables = (word: string): number =>
  word.toLowerCase().match(/[iuüy]?[aeoáéóíú][iuüy]?|[iuüy]+/g)?.length ?? 1;

const sum = (counts: readonly number[]): number => counts.reduce((one, other) => one + other, 0);

/** The school grade that a text asks for. @see Flesch and Kincaid, 1975 */
export function gradeOf(text: string): number {
  const words = wordsIn(text);
  const syllables = sum(words.map(englishSyllables));
  return (
    0.39 * (words.length / sentencesIn(text).length) + 11.8 * (syllables / words.length) - 15.59
  );
}

/** From 0 to 100; from 60 on anybody can read it who finished primary school. @see Fernández Huerta, 1959 */
export function easeOf(text: string): number {
  const words = wordsIn(text);
  const syllables = sum(words.map(spanishSyllables));
  return (
    206.84 - 60 * (syllables / words.length) - 1.02 * (words.length / sentencesIn(text).length)
  );
}
