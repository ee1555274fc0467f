/** A text as readability formulas see it. */
export interface Measured {
  readonly words: readonly string[];
  readonly sentences: number;
}

const WORD = /[\p{L}\p{N}]+(?:['’][\p{L}]+)*/gu;

/** Words as they are spoken: one with a hyphen is two, and one with an apostrophe is one. */
export const wordsOf = (text: string): readonly string[] => text.match(WORD) ?? [];

/**
 * The sentences of a text, each without its end. A line ends a sentence, and so does a stop, a question or an exclamation
 * mark; a colon does not, which counts against us.
 */
export const sentencesOf = (text: string): readonly string[] =>
  text
    .split(/(?<=[.!?…])\s+|\n+/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => wordsOf(sentence).length > 0);

/** @param sentences whatever is said, one after the other */
export const measured = (sentences: readonly string[]): Measured => ({
  words: sentences.flatMap(wordsOf),
  sentences: sentences.length,
});

/** What stands in the place of each `{blank}`: as plain a word as a reader may find there, of two syllables in either language. */
export const withoutBlanks = (text: string): string => text.replaceAll(/\{\w+\}/g, 'Ana');

/** The prose of Markdown, a sentence or an item a line. */
export const proseOf = (markdown: string): string =>
  markdown
    .replaceAll('**', '')
    .split('\n')
    .map((line) => line.replace(/^(#+|-)\s+/, ''))
    .join('\n');

export const total = (counts: readonly number[]): number =>
  counts.reduce((sum, count) => sum + count, 0);
