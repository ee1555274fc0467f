import type { DirectAddress, MessageId } from '../ids.ts';
import type { Outcome } from '../outcome.ts';

export interface Envelope {
  /** MAIL FROM: always the From of the message. */
  readonly from: DirectAddress;
  /** The one RCPT TO. */
  readonly to: DirectAddress;
  /** Complete RFC 5322 bytes, signed and encrypted; sent as they are. */
  readonly bytes: Uint8Array;
  /** ENVID of the hand-over (RFC 3461 section 4.4), where the relay takes one: what becomes of it is told under it. */
  readonly envelopeId?: MessageId;
}

/** The last hop: something that takes one finished message and answers for its next hop. */
export interface Relay {
  /** Longer messages are not made: it takes them never. */
  readonly maxMessageBytes: number;
  /**
   * @returns the relay's own words for the message, for searches in its log; printable ASCII, at most 200 characters
   * @failure deliver/refused         it will never take it (SMTP 5yz)
   * @failure deliver/too-large       it takes less than it was expected to: certainly not sent
   * @failure deliver/deferred        it may take it later (SMTP 4yz)
   * @failure deliver/unreachable     no connection, or lost before DATA: certainly not sent
   * @failure deliver/not-authorized  credentials refused
   * @failure deliver/unanswered      lost after DATA began: perhaps sent
   */
  submit(envelope: Envelope): Promise<Outcome<{ readonly receipt: string }>>;
}
