import { syllablesInEnglish } from './english-syllables.ts';
import { type Measured, total } from './text.ts';

/**
 * The school grade, in the United States, in which a text is read with ease: longer sentences and longer words make it higher.
 * J. P. Kincaid, R. P. Fishburne, R. L. Rogers, B. S. Chissom: Derivation of new readability formulas for Navy enlisted personnel.
 * Research Branch Report 8-75, 1975.
 */
export function fleschKincaidGrade({ words, sentences }: Measured): number {
  const syllables = total(words.map(syllablesInEnglish));
  return 0.39 * (words.length / sentences) + 11.8 * (syllables / words.length) - 15.59;
}

/**
 * The same by letters, which are counted without any rule for syllables: a witness that does not share the mistakes of the other.
 * M. Coleman, T. L. Liau: A computer readability formula designed for machine scoring. Journal of Applied Psychology 60, 1975,
 * 283-284. Letters and sentences are per hundred words.
 */
export function colemanLiauGrade({ words, sentences }: Measured): number {
  const letters = total(words.map((word) => word.replaceAll(/[^\p{L}\p{N}]/gu, '').length));
  return (
    0.0588 * (100 * (letters / words.length)) - 0.296 * (100 * (sentences / words.length)) - 15.8
  );
}
