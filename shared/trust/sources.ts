import type { Cache } from '../discover/cache.ts';
import type { Fetch } from '../discover/fetch.ts';

/** Where a decision about trust may look for what certificates only point to: issuers, revocation lists, OCSP answers. */
export interface Sources {
  readonly fetch: Fetch;
  readonly cache: Cache;
  /** Ends all fetching together. */
  readonly within: AbortSignal;
}

/** For all that one decision may fetch: issuers, revocation lists, OCSP answers. */
const FETCH_DEADLINE_MS = 20_000;

export const sourcesOf = ({ fetch, cache }: Omit<Sources, 'within'>): Sources => ({
  fetch,
  cache,
  within: AbortSignal.timeout(FETCH_DEADLINE_MS),
});
