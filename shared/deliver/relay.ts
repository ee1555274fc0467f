import type { DirectAddress, MessageId, TransmissionId } from '../ids.ts';
import type { Outcome } from '../outcome.ts';

/**
 * In which form a relay wants a copy: `sealed`, signed and encrypted by us; `clear`, the message as it was written, for
 * somebody else's HISP to secure; `xdr`, an ITI-41 request for one, as a MIME entity of its Content-Type and its body.
 */
export type Form = 'sealed' | 'clear' | 'xdr';

export interface Envelope {
  /** MAIL FROM: always the From of the message. */
  readonly from: DirectAddress;
  /** The one RCPT TO. */
  readonly to: DirectAddress;
  /** Complete bytes in the relay's form; sent as they are. */
  readonly bytes: Uint8Array;
  /** ENVID of the hand-over (RFC 3461 section 4.4), where the relay takes one: what becomes of it is told under it. */
  readonly envelopeId?: MessageId;
  /** Of which attempt at which copy it is: a relay that takes tags tells under them what becomes of it. */
  readonly copy?: { readonly transmissionId: TransmissionId; readonly attempt: number };
}

/** That a relay took a copy. */
export interface Receipt {
  /** Its own words for it, for searches in its log; printable ASCII, at most 200 characters. */
  readonly receipt: string;
  /** What it will call the copy when it speaks of it. */
  readonly knownAs?: readonly MessageId[];
}

/** The last hop: something that takes one finished message and answers for its next hop. */
export interface Relay {
  readonly form: Form;
  /** Where it takes requests: its URL, of a relay whose form is `xdr`. */
  readonly endpoint?: string;
  /** Longer messages are not made: it takes them never. */
  readonly maxMessageBytes: number;
  /**
   * @failure deliver/refused         it will never take it (SMTP 5yz)
   * @failure deliver/bad-mailbox, /mailbox-full, /no-way  it will never take it, and says why
   * @failure deliver/too-large       it takes less than it was expected to: certainly not sent
   * @failure deliver/deferred        it may take it later (SMTP 4yz)
   * @failure deliver/unreachable     no connection, or lost before the message began: certainly not sent
   * @failure deliver/not-authorized  credentials refused
   * @failure deliver/unanswered      lost after the message began: perhaps sent
   */
  submit(envelope: Envelope): Promise<Outcome<Receipt>>;
}
