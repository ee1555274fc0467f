import { domainOf } from '../../ids.ts';
import type { Place } from './places.ts';
import { folded, foldedWords } from './words.ts';

/** A place with what is compared of it. */
export interface Searchable<P extends Place = Place> {
  readonly place: P;
  readonly nameWords: readonly string[];
  /** Of place, specialty and the domain of the address. */
  readonly otherWords: readonly string[];
  /** For the order of those that match equally well. */
  readonly order: string;
}

export const searchable = <P extends Place>(place: P): Searchable<P> => ({
  place,
  nameWords: foldedWords(place.name),
  otherWords: [place.place, place.specialty, domainOf(place.address)].flatMap((text) =>
    text === undefined ? [] : foldedWords(text),
  ),
  order: `${folded(place.name)}\0${place.address.toLowerCase()}`,
});

/** Whether every word begins one of the place's. */
export const isMatch = ({ nameWords, otherWords }: Searchable, words: readonly string[]): boolean =>
  words.every((word) => hasPrefix(nameWords, word) || hasPrefix(otherWords, word));

/** How good a match is: the first number that differs decides, and the lower one is the better. */
export const rankOf = (
  { nameWords }: Searchable,
  words: readonly string[],
): readonly [elsewhere: number, notFirst: number, cut: number] => [
  words.filter((word) => !hasPrefix(nameWords, word)).length,
  nameWords[0]?.startsWith(words[0] ?? '') === true ? 0 : 1,
  words.filter((word) => !nameWords.includes(word)).length,
];

/** The best matches among places, in a stable order; those that do not match are left out. */
export function bestOf<P extends Place>(
  among: Iterable<Searchable<P>>,
  words: readonly string[],
  limit: number,
): readonly P[] {
  const ranked = [...among]
    .filter((each) => isMatch(each, words))
    .map((each) => ({ each, rank: rankOf(each, words) }));
  ranked.sort(
    (one, other) => compare(one.rank, other.rank) || byText(one.each.order, other.each.order),
  );
  return ranked.slice(0, limit).map(({ each }) => each.place);
}

const compare = (one: readonly number[], other: readonly number[]): number =>
  one.map((value, at) => value - (other[at] ?? 0)).find((difference) => difference !== 0) ?? 0;

/** By code units: no locale has a say, so that the order is the same everywhere. */
const byText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

const hasPrefix = (among: readonly string[], word: string): boolean =>
  among.some((each) => each.startsWith(word));
