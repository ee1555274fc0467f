import type { Fetch, Fetched } from '../discover/fetch.ts';
import type { Sources } from './sources.ts';

/** What a decision, or the part of it that is about one certificate, may have fetched. */
export interface Thrift {
  readonly fetches: number;
  readonly bytes: number;
}

/** For one certificate, whatever the number of paths that are looked at. */
const OF_ONE: Thrift = { fetches: 24, bytes: Infinity };

/**
 * The same sources, of which only so much is asked: what failed is not tried again, for another path or another
 * certificate may point to the same place. What came is not kept here, for it may be large.
 */
export function thrifty(sources: Sources, most: Thrift = OF_ONE): Sources {
  const failed = new Map<string, Fetched>();
  let { fetches: fetchesLeft, bytes: bytesLeft } = most;
  const fetch: Fetch = async (request) => {
    const { url, body } = request;
    const key = `${url} ${Buffer.from(body?.bytes ?? []).toString('base64')}`;
    const known = failed.get(key);
    if (known) return known;
    if (fetchesLeft === 0 || bytesLeft <= 0) return { kind: 'failed', fault: 'refused' };
    fetchesLeft -= 1;
    const maxBytes = Math.min(request.maxBytes, bytesLeft);
    const fetched = await sources.fetch({ ...request, maxBytes });
    if (fetched.kind === 'failed') failed.set(key, fetched);
    bytesLeft -= fetched.kind === 'failed' ? (fetched.receivedBytes ?? 0) : fetched.bytes.length;
    return fetched;
  };
  return { ...sources, fetch };
}
