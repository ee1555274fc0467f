/** One object that somebody outside points to: a certificate, a revocation list, an answer about one, a bundle. */
export interface FetchRequest {
  /** As it was written by whoever chose it. It is not believed: the adapter's guard decides whether it may be asked. */
  readonly url: string;
  readonly accept?: string;
  /** Makes the request a POST. */
  readonly body?: { readonly type: string; readonly bytes: Uint8Array };
  /** What is longer is not read. */
  readonly maxBytes: number;
  /** A token for this server and no other: with it no redirect is followed. */
  readonly bearer?: string;
  /** Redirects that are followed, each checked anew. @default 0 */
  readonly maxRedirects?: number;
  /** Ends the request whenever it aborts. */
  readonly within: AbortSignal;
}

/**
 * Why nothing came: `blocked` by the guard or no URL at all, `unreachable` (no such host, no connection, broken off),
 * `too-slow`, `too-large`, `refused` (any status but 200).
 */
export type FetchFault = 'blocked' | 'unreachable' | 'too-slow' | 'too-large' | 'refused';

export type Fetched =
  | { readonly kind: 'fetched'; readonly bytes: Uint8Array }
  | {
      readonly kind: 'failed';
      readonly fault: FetchFault;
      /** Of an object of which something came nevertheless: who counts what is fetched counts that as well. */
      readonly receivedBytes?: number;
    };

/** Gets objects by http and https from hosts that outsiders name. Never throws, and always answers in time. */
export type Fetch = (request: FetchRequest) => Promise<Fetched>;
