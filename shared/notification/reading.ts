import type { FailureCode } from '../failures.ts';
import type { DirectAddress, MessageId, Sha256, TransmissionId } from '../ids.ts';

/** What a mail or an event says of copies, whoever wrote it. Whether it may be believed is another matter. */
export type Reading = Telling | OrdinaryMail;

/** A mail that says nothing of delivery. */
export interface OrdinaryMail extends Names {
  readonly kind: 'auto-reply' | 'message';
}

/** What a mail or an event calls the message that it is about, or answers. */
interface Names {
  /**
   * Every name, the surest first, each once, twenty at most: Message-ID, ENVID, the relay's own id with and without its
   * domain. None: nobody can tell which copy is meant.
   */
  readonly names: readonly MessageId[];
  /** Those of them that had blanks in them, with these. Nothing that we send is called so: it is for people only. */
  readonly asWritten: readonly string[];
}

/** A notice about something that was sent. */
export interface Telling extends Names {
  readonly kind: 'mdn' | 'dsn' | 'ses-event' | 'complaint';
  /** SHA-256 of what it says: the same notice twice is one notice. */
  readonly id: Sha256;
  /**
   * It is a multipart/report (RFC 6522) or an event, and no other mail that has a report hanging in it, or a header that
   * says as much: anybody may send on a report that he got.
   */
  readonly isReport: boolean;
  /** One of an MDN, up to a hundred of a DSN; of an event of the relay those that it lists. */
  readonly recipients: readonly RecipientTelling[];
  /** Of an event: the tag `transmission` that the copy was given to the relay with. */
  readonly transmission?: TransmissionId;
  /** Of an event: the tag `attempt`. */
  readonly attempt?: number;
  /** Of an event of SES, its type; absent for types that SES may yet invent, which say nothing to us. */
  readonly event?: SesEventType;
}

export const SES_EVENT_TYPES = [
  'Send',
  'Delivery',
  'Bounce',
  'Complaint',
  'Reject',
  'DeliveryDelay',
  'Rendering Failure',
  'Open',
  'Click',
  'Subscription',
] as const;

/** As SES calls what becomes of a mail that it was given. */
export type SesEventType = (typeof SES_EVENT_TYPES)[number];

/** RFC 8098 disposition types, and `denied` and `failed` of RFC 2298 that Direct keeps in use. */
export type Disposition =
  'displayed' | 'deleted' | 'dispatched' | 'processed' | 'denied' | 'failed';

/** What one recipient's part of a notice says. */
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

export type Action = NonNullable<RecipientTelling['action']>;
