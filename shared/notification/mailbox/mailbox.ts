import type { Outcome } from '../../outcome.ts';

/** A folder on a mail server that others put mail into. Nothing in it is changed by us, not even that it was seen. */
export interface Mailbox {
  /**
   * Opens it, does the work, and leaves it whatever comes of that.
   *
   * @failure notification/mailbox-unreachable, /mailbox-refused, and those of the work
   */
  read<T>(work: (folder: OpenFolder) => Promise<Outcome<T>>): Promise<Outcome<T>>;
}

export interface OpenFolder {
  /** RFC 3501 section 2.3.1.1, in decimal. */
  readonly uidValidity: string;
  /**
   * The first mails behind a UID, in the order of UIDs.
   *
   * @param most at most so many
   * @failure notification/mailbox-unreachable
   */
  after(uid: number, most: number): Promise<Outcome<readonly ListedMail[]>>;
  /**
   * A mail as it lies there.
   *
   * @returns `gone` when somebody removed it since, `too-large` when it is longer than is taken
   * @failure notification/mailbox-unreachable
   */
  fetch(uid: number, mostBytes: number): Promise<Outcome<Uint8Array | 'gone' | 'too-large'>>;
}

export interface ListedMail {
  readonly uid: number;
  /** As the server says. */
  readonly sizeBytes: number;
}
