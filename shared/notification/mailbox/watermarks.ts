/** How far a mailbox was read. */
export interface Watermark {
  /** Of the folder (RFC 3501 section 2.3.1.1): with another one, UIDs mean other mails. */
  readonly uidValidity: string;
  /** Every mail up to this one is where mail lies, or was passed over. Zero: none was yet. */
  readonly lastUid: number;
  /** The mail that is next, when its server did not give it out, and how many runs in a row ended there. */
  readonly stuckAt?: StuckMail;
}

export interface StuckMail {
  readonly uid: number;
  readonly runs: number;
}

export interface Watermarks {
  /** @param mailbox tells mailboxes apart */
  read(mailbox: string): Promise<Watermark | undefined>;
  /** @returns false when it is not where it was read any more: somebody else reads this mailbox */
  move(mailbox: string, from: Watermark | undefined, to: Watermark): Promise<boolean>;
}
