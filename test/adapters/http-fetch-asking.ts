import { httpFetch, type HttpFetchOptions } from '../../shared/adapters/http-fetch.ts';
import type { FetchFault, FetchRequest, Fetched } from '../../shared/discover/fetch.ts';

/** Where no name server is. */
export const NO_RESOLVERS = '127.0.0.1:9';

/** Fetches with this machine open and no names, unless told otherwise. */
export const ask = (
  url: string,
  request: Partial<FetchRequest> = {},
  options: Partial<HttpFetchOptions> = {},
): Promise<Fetched> =>
  httpFetch({ loopback: true, resolvers: NO_RESOLVERS, ...options })({
    url,
    maxBytes: 100_000,
    within: AbortSignal.timeout(10_000),
    ...request,
  });

export const failed = (fault: FetchFault): Fetched => ({ kind: 'failed', fault });

export const fetched = (text: string): Fetched => ({
  kind: 'fetched',
  bytes: Uint8Array.from(Buffer.from(text)),
});
