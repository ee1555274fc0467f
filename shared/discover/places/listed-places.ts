import { addressKeyOf, type DirectAddress } from '../../ids.ts';
import { done } from '../../outcome.ts';
import { bestOf, searchable, type Searchable } from './matching.ts';
import type { Place, Places } from './places.ts';

/** The words of all places in order, and which places each of them stands in. */
interface Index {
  readonly words: readonly string[];
  readonly places: readonly (readonly number[])[];
}

export interface ListedPlaces extends Places {
  /** What the list says of an address. */
  at(address: DirectAddress): Place | undefined;
}

/** A list that is searched in memory: what it takes is made once, and a search looks at no more than may match. */
export function listedPlaces(listed: readonly Place[]): ListedPlaces {
  const all = listed.map((each) => searchable(each));
  const index = indexOf(all);
  const byAddress = new Map(listed.map((place) => [addressKeyOf(place.address), place]));
  return {
    source: 'holder',
    find: async (words, limit) => done(bestOf(candidates(index, all, words), words, limit)),
    at: (address) => byAddress.get(addressKeyOf(address)),
  };
}

function indexOf(all: readonly Searchable[]): Index {
  const found = new Map<string, number[]>();
  for (const [at, { nameWords, otherWords }] of all.entries()) {
    for (const word of new Set([...nameWords, ...otherWords])) {
      const places = found.get(word);
      if (places) places.push(at);
      else found.set(word, [at]);
    }
  }
  const words = [...found.keys()].sort();
  return { words, places: words.map((word) => found.get(word) ?? []) };
}

/** The places of the word that the fewest have; without words nobody is looked for. */
function candidates(
  index: Index,
  all: readonly Searchable[],
  words: readonly string[],
): readonly Searchable[] {
  const [first, ...others] = words.map((word) => placesWith(index, word));
  if (first === undefined) return [];
  const fewest = others.reduce((one, other) => (other.size < one.size ? other : one), first);
  return [...fewest].flatMap((at) => all[at] ?? []);
}

function placesWith({ words, places }: Index, prefix: string): ReadonlySet<number> {
  const found = new Set<number>();
  for (let at = firstNotBefore(words, prefix); words[at]?.startsWith(prefix) === true; at += 1) {
    for (const place of places[at] ?? []) found.add(place);
  }
  return found;
}

function firstNotBefore(words: readonly string[], prefix: string): number {
  let [low, high] = [0, words.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((words[middle] ?? '') < prefix) low = middle + 1;
    else high = middle;
  }
  return low;
}
