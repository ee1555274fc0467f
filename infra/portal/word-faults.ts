import { en, enPages } from '../../portal/words/en.ts';
import { es, esPages } from '../../portal/words/es.ts';

interface Texts {
  readonly [name: string]: string | Texts;
}

/** What is wrong with the texts of the screens, a sentence each: every text stands in both languages, with the same blanks to fill in. */
export const wordFaults = (
  one: Texts = { ...en, pages: enPages },
  other: Texts = { ...es, pages: esPages },
): readonly string[] => {
  const [ours, theirs] = [textsOf(one), textsOf(other)];
  return [
    ...missing(ours, theirs, 'Spanish'),
    ...missing(theirs, ours, 'English'),
    ...[...ours].flatMap(([name, text]) => blanksFault(name, text, theirs.get(name))),
  ];
};

const missing = (
  from: ReadonlyMap<string, string>,
  to: ReadonlyMap<string, string>,
  language: string,
): readonly string[] =>
  [...from.keys()]
    .filter((name) => (to.get(name) ?? '').trim() === '')
    .map((name) => `The text ${name} is missing in ${language}.`);

const blanksFault = (name: string, one: string, other: string | undefined): readonly string[] =>
  other === undefined || blanksIn(one) === blanksIn(other)
    ? []
    : [`The text ${name} has other {blanks} in Spanish than in English.`];

const blanksIn = (text: string): string => [...new Set(text.match(/\{\w+\}/g))].sort().join(' ');

/** By their names, as `terms.agree`. */
function textsOf(texts: Texts, above = ''): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(texts).flatMap(([name, text]): [string, string][] =>
      typeof text === 'string'
        ? [[`${above}${name}`, text]]
        : [...textsOf(text, `${above}${name}.`)],
    ),
  );
}
