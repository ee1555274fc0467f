import { done, fail, type Outcome, type Refused } from '../../../outcome.ts';
import type { Fetch } from '../../fetch.ts';
import { bestOf, searchable } from '../matching.ts';
import type { Place, Places } from '../places.ts';
import { placesIn } from './places-in.ts';
import { readPage } from './read-page.ts';
import type { Resource } from './resources.ts';

export interface FhirDirectory {
  /** Of the settings, without query and fragment. */
  readonly baseUrl: string;
  /** For everything about one search. */
  readonly deadlineSeconds: number;
  readonly fetch: Fetch;
  /** What is shown to the server; absent: nothing. @failure discover/places-unreachable */
  readonly token?: () => Promise<Outcome<string>>;
}

/** Of each search. */
const MOST_PAGES = 3;
const MOST_PAGE_BYTES = 1024 * 1024;
const RESULTS_A_PAGE = 50;

interface Asking extends FhirDirectory {
  readonly base: string;
  readonly bearer: string | undefined;
  readonly within: AbortSignal;
}

/**
 * A directory that speaks FHIR R4: organisations by name, and practitioners by theirs, with their endpoints. It is asked
 * by the longest word, by which it finds the fewest, and what it answers is searched here by all of them: servers differ
 * in what they mean by a name.
 */
export const fhirPlaces = (directory: FhirDirectory): Places => ({
  source: 'fhir',
  async find(words, limit) {
    const [word = ''] = [...words].sort((one, other) => other.length - one.length);
    const within = AbortSignal.timeout(1000 * directory.deadlineSeconds);
    const bearer = await tokenIn(directory, within);
    if (bearer?.ok === false) return bearer;
    const base = new URL(directory.baseUrl).href.replace(/\/*$/, '/');
    const asking = { ...directory, base, bearer: bearer?.value, within };
    const answers = await Promise.all(searchesFor(word).map((each) => searched(each, asking)));
    const refused = answers.find((each): each is Refused => !each.ok);
    if (refused) return refused;
    const resources = answers.flatMap((each) => (each.ok ? each.value : []));
    return done(bestOf(onceEach(placesIn(resources)).map(searchable), words, limit));
  },
});

/** Whoever gives tokens has no more time than the directory itself. */
async function tokenIn(
  { token }: FhirDirectory,
  within: AbortSignal,
): Promise<Outcome<string> | undefined> {
  if (token === undefined) return undefined;
  const { promise: late, resolve } = Promise.withResolvers<Outcome<never>>();
  const giveUp = (): void => resolve(fail('discover/places-unreachable', 'TOKEN'));
  within.addEventListener('abort', giveUp, { once: true });
  return Promise.race([token(), late]);
}

const searchesFor = (word: string): readonly string[] => [
  `Organization?${new URLSearchParams([
    ['name:contains', word],
    ['_include', 'Organization:endpoint'],
    ['_count', String(RESULTS_A_PAGE)],
  ]).toString()}`,
  `PractitionerRole?${new URLSearchParams([
    ['practitioner.name', word],
    ['_include', 'PractitionerRole:endpoint'],
    ['_include', 'PractitionerRole:practitioner'],
    ['_include', 'PractitionerRole:organization'],
    ['_include', 'PractitionerRole:location'],
    ['_count', String(RESULTS_A_PAGE)],
  ]).toString()}`,
];

/** @failure discover/places-unreachable, discover/places-malformed */
async function searched(search: string, asking: Asking): Promise<Outcome<readonly Resource[]>> {
  const found: Resource[] = [];
  let url: string | undefined = `${asking.base}${search}`;
  for (let page = 0; url !== undefined && page < MOST_PAGES; page += 1) {
    const answer = await asking.fetch({
      url,
      accept: 'application/fhir+json',
      ...(asking.bearer !== undefined && { bearer: asking.bearer }),
      maxBytes: MOST_PAGE_BYTES,
      within: asking.within,
    });
    if (answer.kind === 'failed') return fail('discover/places-unreachable', answer.fault);
    const read = readPage(answer.bytes);
    if (!read.ok) return read;
    found.push(...read.value.resources);
    url = nextOf(read.value.next, url, asking);
  }
  return done(found);
}

/**
 * Nowhere but at the base, which the data holder named, or under it: neither the token nor the words are for anybody else.
 * At the base itself is where HAPI has all further pages (`[base]?_getpages=…`).
 */
function nextOf(next: string | undefined, from: string, { base }: Asking): string | undefined {
  const url = next === undefined ? null : URL.parse(next, from);
  const isThere = [base, base.replace(/\/$/, '?')].some((each) => url?.href.startsWith(each));
  return isThere ? url?.href : undefined;
}

/** One address may belong to more than one role of a person. */
const onceEach = (places: readonly Place[]): readonly Place[] => [
  ...new Map(
    places.toReversed().map((place) => [`${place.name}\0${place.address.toLowerCase()}`, place]),
  ).values(),
];
