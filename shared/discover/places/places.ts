import type { DirectAddress } from '../../ids.ts';
import type { Outcome } from '../../outcome.ts';

/** Somebody to whom a record can be sent, as people know it. Text of others: one line, all of it seen, no markup. */
export interface Place {
  readonly name: string;
  readonly address: DirectAddress;
  /** Where it is: street, town, state. */
  readonly place?: string;
  readonly specialty?: string;
  readonly telephone?: string;
}

/** A list in which places are looked for. */
export interface Places {
  readonly source: 'holder' | 'fhir';
  /**
   * Those in which every word begins a word of the name, the place, the specialty or the domain of the address: the best
   * first, and the same ones in the same order when it is asked again.
   *
   * @param words folded, one to eight
   * @param limit how many at most
   * @failure discover/places-unreachable, discover/places-malformed
   */
  find(words: readonly string[], limit: number): Promise<Outcome<readonly Place[]>>;
}
