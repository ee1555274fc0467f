import type { Fetch, Fetched } from '../discover/fetch.ts';
import type { Sources } from './sources.ts';

/** For one certificate, whatever the number of paths that are looked at. */
const MAX_FETCHES = 24;

/**
 * The same sources for one decision, or for the part of it that is about one certificate, of which only so much is asked: what failed is not tried again, for another path may
 * point to the same place. What came is not kept here, for it may be large.
 */
export function thrifty(sources: Sources, mostFetches: number = MAX_FETCHES): Sources {
  const failed = new Map<string, Fetched>();
  let left = mostFetches;
  const fetch: Fetch = async (request) => {
    const { url, body } = request;
    const key = `${url} ${Buffer.from(body?.bytes ?? []).toString('base64')}`;
    const known = failed.get(key);
    if (known) return known;
    if (left === 0) return { kind: 'failed', fault: 'refused' };
    left -= 1;
    const fetched = await sources.fetch(request);
    if (fetched.kind === 'failed') failed.set(key, fetched);
    return fetched;
  };
  return { ...sources, fetch };
}
