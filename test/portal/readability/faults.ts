import { colemanLiauGrade, fleschKincaidGrade } from './english.ts';
import { syllablesInEnglish } from './english-syllables.ts';
import type { Group } from './groups.ts';
import { FAIRLY_EASY, fernandezHuerta, inflesz, SEVENTH_OR_EIGHTH_GRADE } from './spanish.ts';
import { syllablesInSpanish } from './spanish-syllables.ts';
import { type Measured, measured, sentencesOf, withoutBlanks, wordsOf } from './text.ts';

/** What one formula has to say at least, or at most. */
interface Bound {
  readonly name: string;
  readonly measure: (text: Measured) => number;
  readonly isGood: (value: number) => boolean;
}

/** How a language is held to its reader. */
export interface Ruler {
  /** Of all that is said on a screen. */
  readonly whole: readonly Bound[];
  /** Of every sentence by itself that is long enough for a formula to mean something. */
  readonly single: Bound;
  readonly syllables: (word: string) => number;
  /** Of every word, in a sentence or on a button: formulas are for sentences, and a label of two words is none. */
  readonly mostSyllables: number;
}

const atMost = (most: number) => (value: number) => value <= most;
const atLeast = (least: number) => (value: number) => value >= least;

export const ENGLISH: Ruler = {
  whole: [
    { name: 'Flesch-Kincaid grade', measure: fleschKincaidGrade, isGood: atMost(8) },
    { name: 'Coleman-Liau grade', measure: colemanLiauGrade, isGood: atMost(8) },
  ],
  single: { name: 'Flesch-Kincaid grade', measure: fleschKincaidGrade, isGood: atMost(10) },
  syllables: syllablesInEnglish,
  mostSyllables: 4,
};

export const SPANISH: Ruler = {
  whole: [
    { name: 'INFLESZ', measure: inflesz, isGood: atLeast(FAIRLY_EASY) },
    {
      name: 'Fernández Huerta',
      measure: fernandezHuerta,
      isGood: atLeast(SEVENTH_OR_EIGHTH_GRADE),
    },
  ],
  single: { name: 'INFLESZ', measure: inflesz, isGood: atLeast(40) },
  syllables: syllablesInSpanish,
  mostSyllables: 6,
};

/** With fewer, a sentence is a label as any: one word alone would decide about it. */
const WORDS_OF_A_SENTENCE = 4;
const WORDS_TO_MEASURE_ALONE = 7;

/** What is too hard in a group of texts, a sentence each. */
export function faultsOf({ name, texts, isForPeople }: Group, ruler: Ruler): readonly string[] {
  const all = texts.map(withoutBlanks).flatMap(sentencesOf);
  const longEnough = (least: number): readonly string[] =>
    all.filter((sentence) => wordsOf(sentence).length >= least);
  const sentences = longEnough(WORDS_OF_A_SENTENCE);
  return [
    ...ruler.whole.flatMap((bound) =>
      sentences.length === 0 ? [] : unmet(bound, measured(sentences), name),
    ),
    ...longEnough(WORDS_TO_MEASURE_ALONE).flatMap((sentence) =>
      unmet(ruler.single, measured([sentence]), `${name}: ${sentence}`),
    ),
    ...(isForPeople ? all : [])
      .flatMap(wordsOf)
      .filter((word) => ruler.syllables(word) > ruler.mostSyllables)
      .map((word) => `${name}: the word ${word} has ${ruler.syllables(word)} syllables`),
  ];
}

function unmet({ name, measure, isGood }: Bound, text: Measured, of: string): readonly string[] {
  const value = measure(text);
  return isGood(value) ? [] : [`${of}: ${name} ${value.toFixed(1)}`];
}
