/** Words that the rules below get wrong, and what is spelled out. */
const EXCEPTIONS: Readonly<Record<string, number>> = {
  anyone: 3,
  area: 3,
  beyond: 2,
  business: 2,
  entire: 3,
  everybody: 4,
  everything: 3,
  everywhere: 3,
  hiv: 3,
  hundred: 2,
  id: 2,
  idea: 3,
  million: 2,
  pdf: 3,
  rely: 2,
  safety: 2,
  unique: 2,
  whoever: 3,
};

/** Each of these is one syllable less than there are runs of vowels: letters that are not heard. */
const SILENT: readonly RegExp[] = [
  /[^aeiouy]e$(?<![^aeiouy]le)/,
  /[^aeiouycgsxz]es$(?<![^aeiouy]les|[cs]hes)/,
  /[^aeiouytd]ed$(?<![^aeiouyl]led)/,
  /[^aeiouyl]ement$/,
  /[^aeiouy]e(?:ly|ful|less|thing|times?|where|body)$/,
];

/** And each of these is one more: vowels that stand together and are spoken apart. */
const APART: readonly RegExp[] = [
  /[aeiouy]ing/,
  /[^cgst]i[ao](?!u)|[^cgst]i[ou]u?[ms]/,
  /[^gq]ua(?!r)/,
  /deo|creat|iet|[lp]ient/,
  /[^aeiour]n't$/,
];

/**
 * How many syllables an English word is spoken with, by rules for its letters: each run of vowels is one, less those that are not
 * heard, more those that are two. It is meant for the words of the screens, not for any word there is.
 */
export function syllablesInEnglish(written: string): number {
  const word = written.toLowerCase().replace('’', "'").replace(/'s$/, '');
  const known = EXCEPTIONS[word];
  if (known !== undefined) return known;
  const runs = word.match(/[aeiouy]+/g)?.length ?? 0;
  const matching = (rules: readonly RegExp[]): number =>
    rules.filter((rule) => rule.test(word)).length;
  return Math.max(1, runs - matching(SILENT) + matching(APART));
}
