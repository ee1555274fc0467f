import type { Posted } from '../delivery/posted.ts';

/** One message to one webhook, signed and ready. */
export interface WebhookMessage {
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** JSON, as it was signed. */
  readonly body: string;
}

/**
 * How a host that the data holder named is told something. The guard looks at the host each time: names lead elsewhere
 * from one day to the next.
 */
export interface WebhookPost {
  /** Never throws, follows no redirect, and answers within fifteen seconds. */
  readonly post: (message: WebhookMessage) => Promise<Posted>;
  /** False when it leads inside, or to a port that is closed; a name that nobody knows now may be known tomorrow. */
  readonly isOpen: (url: string) => Promise<boolean>;
}
