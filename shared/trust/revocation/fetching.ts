import type { CacheKey } from '../../discover/cache.ts';
import type { FetchRequest } from '../../discover/fetch.ts';
import type { Outcome } from '../../outcome.ts';
import type { Sources } from '../sources.ts';
import type { Doubt } from './status.ts';

/** What a decision fetches, each thing once and not more than it may. */
export interface Fetching {
  readonly sources: Sources;
  readonly now: Date;
  /** What was read, or why it was not, by kind and name. */
  readonly known: Map<string, unknown>;
  fetchesLeft: number;
  bytesLeft: number;
}

const MAX_FETCHES = 10;
/** Two lists of the greatest size: what is read is kept until the decision is made. */
const MAX_BYTES = 10 * 1024 * 1024;

export const newFetching = (sources: Sources, now: Date): Fetching => ({
  sources,
  now,
  known: new Map(),
  fetchesLeft: MAX_FETCHES,
  bytesLeft: MAX_BYTES,
});

/** Something that lies outside, and how to tell what it is worth. */
export interface Wanted<T, J> {
  readonly key: CacheKey;
  readonly request: Omit<FetchRequest, 'within'>;
  readonly deadlineMs: number;
  /** The detail of a refusal is the doubt. */
  readonly read: (bytes: Uint8Array) => Outcome<T>;
  readonly judge: (read: T) => Promise<J>;
  readonly isUsable: (judged: J) => boolean;
  /** Until when it may be used again; undefined when only now. */
  readonly until: (read: T) => Date | undefined;
}

/**
 * Gets something from the cache or from where it lies. What was cached is judged as if it had just come, and fetched
 * anew when it is not usable any more; only what is usable is kept.
 */
export async function obtain<T, J>(
  fetching: Fetching,
  wanted: Wanted<T, J>,
): Promise<{ readonly judged: J } | { readonly why: Doubt }> {
  const name = `${wanted.key.kind} ${wanted.key.name}`;
  // Under this name only this function, asked for the same kind, has put anything.
  const known = fetching.known.get(name) as
    { readonly read: T } | { readonly why: Doubt } | undefined;
  if (known) return 'why' in known ? known : { judged: await wanted.judge(known.read) };
  const cached = await fromCache(fetching, wanted);
  if (cached) {
    fetching.known.set(name, { read: cached.read });
    return cached;
  }
  const fetched = await fetchAnew(fetching, wanted);
  if ('why' in fetched) {
    fetching.known.set(name, fetched);
    return fetched;
  }
  fetching.known.set(name, { read: fetched.read });
  const judged = await wanted.judge(fetched.read);
  const until = wanted.isUsable(judged) ? wanted.until(fetched.read) : undefined;
  if (until && until > fetching.now) {
    await fetching.sources.cache.keep(wanted.key, fetched.bytes, until);
  }
  return { judged };
}

async function fromCache<T, J>(
  { sources }: Fetching,
  { key, read, judge, isUsable }: Wanted<T, J>,
): Promise<{ readonly read: T; readonly judged: J } | undefined> {
  const bytes = await sources.cache.read(key);
  const found = bytes && read(bytes);
  if (!found?.ok) return undefined;
  const judged = await judge(found.value);
  return isUsable(judged) ? { read: found.value, judged } : undefined;
}

async function fetchAnew<T, J>(
  fetching: Fetching,
  { request, deadlineMs, read }: Wanted<T, J>,
): Promise<{ readonly read: T; readonly bytes: Uint8Array } | { readonly why: Doubt }> {
  if (fetching.fetchesLeft === 0 || fetching.bytesLeft === 0) return { why: 'too-costly' };
  fetching.fetchesLeft -= 1;
  const maxBytes = Math.min(request.maxBytes, fetching.bytesLeft);
  const { fetch, within: whole } = fetching.sources;
  const within = AbortSignal.any([whole, AbortSignal.timeout(deadlineMs)]);
  const answer = await fetch({ ...request, maxBytes, within });
  if (answer.kind === 'failed') return { why: answer.fault };
  fetching.bytesLeft -= answer.bytes.length;
  const found = read(answer.bytes);
  if (found.ok) return { read: found.value, bytes: answer.bytes };
  // The readers refuse with nothing else.
  return { why: (found.failure.detail ?? 'malformed') as Doubt };
}
