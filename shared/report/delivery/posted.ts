import type { FetchFault } from '../../discover/fetch.ts';

/** What became of one attempt: the status of the answer, or why there was none. */
export type Posted =
  | {
      readonly kind: 'answered';
      readonly status: number;
      /** As the server wrote the header, if it did. */
      readonly retryAfter?: string;
    }
  /** It answered, whatever the status, that it does not take it. */
  | { readonly kind: 'refused'; readonly status: number }
  | { readonly kind: 'failed'; readonly fault: FetchFault };
