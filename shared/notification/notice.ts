import type { DirectAddress, MessageId } from '../ids.ts';
import type { Disposition } from './reading.ts';

export type { Disposition } from './reading.ts';

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
