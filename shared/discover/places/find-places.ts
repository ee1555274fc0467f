import type { FailureCode } from '../../failures.ts';
import { type AddressKey, addressKeyOf, type DirectAddress, type PatientKey } from '../../ids.ts';
import type { Ledger } from '../../transmission/ledger.ts';
import type { TransmitRequestStore } from '../../transmit-request/store.ts';
import { isMatch, searchable } from './matching.ts';
import type { Place, Places } from './places.ts';
import { recentAddresses, type LastCopy, type RecentAddress } from './recent.ts';

export interface PlacePorts {
  /** In the order in which their answers are shown. */
  readonly places: readonly Places[];
  /** What the data holder's own list says of an address. */
  readonly placeAt: (address: DirectAddress) => Place | undefined;
  readonly requests: Pick<TransmitRequestStore, 'list'>;
  readonly ledger: Pick<Ledger, 'page'>;
}

export interface FoundPlace extends Place {
  readonly source: 'recent' | Places['source'];
  /** Only of recent ones. */
  readonly last?: LastCopy;
}

export interface FoundPlaces {
  readonly places: readonly FoundPlace[];
  /** Why there may be more: a list that could not be asked. */
  readonly incomplete?: FailureCode;
}

export interface Search {
  /** Folded; none: only recent addresses. */
  readonly words: readonly string[];
  readonly limit: number;
  /** Whose recent addresses are shown; absent: nobody's. */
  readonly patient?: PatientKey;
}

/** The latest copies, by which is said how it went last: older ones are of no use to anybody. */
const LATEST_COPIES = 100;

/**
 * Finds places to send to: the patient's own addresses that match come first, then what the lists say, each address once.
 * Without words it is the patient's addresses alone. A list that fails takes nothing from the others.
 */
export async function findPlaces(search: Search, ports: PlacePorts): Promise<FoundPlaces> {
  const { words, limit, patient } = search;
  const [recent, lists] = await Promise.all([
    patient === undefined ? [] : recentPlaces(patient, words, ports),
    words.length === 0 ? [] : Promise.all(ports.places.map((each) => askedOf(each, words, limit))),
  ]);
  const failure = lists.find(({ failed }) => failed !== undefined)?.failed;
  return {
    places: eachAddressOnce([...recent, ...lists.flatMap(({ found }) => found)]).slice(0, limit),
    ...(failure !== undefined && { incomplete: failure }),
  };
}

async function askedOf(
  list: Places,
  words: readonly string[],
  limit: number,
): Promise<{ readonly found: readonly FoundPlace[]; readonly failed?: FailureCode }> {
  const answer = await list.find(words, limit);
  if (!answer.ok) return { found: [], failed: answer.failure.code };
  return { found: answer.value.map((place) => ({ ...place, source: list.source })) };
}

async function recentPlaces(
  patient: PatientKey,
  words: readonly string[],
  { requests, ledger, placeAt }: PlacePorts,
): Promise<readonly FoundPlace[]> {
  const [asked, { items }] = await Promise.all([
    requests.list(patient),
    ledger.page(patient, { limit: LATEST_COPIES }),
  ]);
  return recentAddresses(asked, items)
    .map((recent) => placeOf(recent, placeAt))
    .filter((place) => isMatch(searchable({ ...place, specialty: allOf(place) }), words));
}

/** An address that no list knows is its own name: it is what the patient once wrote. */
const placeOf = ({ address, last }: RecentAddress, placeAt: PlacePorts['placeAt']): FoundPlace => ({
  name: address,
  ...placeAt(address),
  address,
  source: 'recent',
  ...(last && { last }),
});

/** Of one's own addresses one may remember anything, the local part too. */
const allOf = ({ address, specialty = '' }: FoundPlace): string => `${specialty} ${address}`;

/** The first of each stays. */
function eachAddressOnce(places: readonly FoundPlace[]): readonly FoundPlace[] {
  const seen = new Set<AddressKey>();
  return places.filter(({ address }) => {
    const key = addressKeyOf(address);
    return !seen.has(key) && seen.add(key);
  });
}
