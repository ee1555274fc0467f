import type { DirectAddress, MessageId } from '../ids.ts';

/** RFC 8098 disposition types, and `denied` and `failed` of RFC 2298 that Direct keeps in use. */
export type Disposition =
  'displayed' | 'deleted' | 'dispatched' | 'processed' | 'denied' | 'failed';

/** What an MDN says, once it is read. Who signed it is another matter. */
export interface Notice {
  /** SHA-256 of what it says: the same notice twice is one notice. */
  readonly id: string;
  readonly originalMessageId: MessageId;
  readonly finalRecipient: DirectAddress;
  readonly disposition: Disposition;
  /** The disposition carries the modifier `error`, or the notice a Failure or Error field. */
  readonly error: boolean;
  /** X-DIRECT-FINAL-DESTINATION-DELIVERY is there. */
  readonly final: boolean;
}
