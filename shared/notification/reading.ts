import type { FailureCode } from '../failures.ts';
import type { DirectAddress, MessageId, Sha256 } from '../ids.ts';
import type { Disposition } from './notice.ts';

/** What a mail or an event says of copies, whoever wrote it. Whether it may be believed is another matter. */
export type Reading = Telling | { readonly kind: 'auto-reply' | 'message' };

/** A notice about something that was sent. */
export interface Telling {
  readonly kind: 'mdn' | 'dsn' | 'ses-event' | 'complaint';
  /** SHA-256 of what it says: the same notice twice is one notice. */
  readonly id: Sha256;
  /**
   * Every name that it gives the message it is about, the surest first, each once: Message-ID, ENVID, the relay's own id
   * with and without its domain. None: nobody can tell which copy is meant.
   */
  readonly names: readonly MessageId[];
  /** One of an MDN, up to a hundred of a DSN; of an event of the relay those that it lists. */
  readonly recipients: readonly RecipientTelling[];
}

export interface RecipientTelling {
  /** Final-Recipient: who took it, which may be somebody to whom it was forwarded. */
  readonly address?: DirectAddress;
  /** Original-Recipient: to whom it was sent. */
  readonly originalAddress?: DirectAddress;
  /** Of an MDN. */
  readonly disposition?: Disposition;
  /** X-DIRECT-FINAL-DESTINATION-DELIVERY is there. */
  readonly final: boolean;
  /** Of a DSN, RFC 3464 section 2.3.3. */
  readonly action?: 'failed' | 'delayed' | 'delivered' | 'relayed' | 'expanded';
  /** RFC 3463, without its comment. */
  readonly status?: string;
  readonly outcome: 'processed' | 'dispatched' | 'delivered' | 'failed' | 'delayed' | 'none';
  /** What a failure ends the copy with; present exactly when the outcome is `failed`. */
  readonly code?: FailureCode;
}
