import type { FailureCode } from '../failures.ts';

/** What a reply answers; `message` is what follows the final dot. */
export type Command = 'AUTH' | 'MAIL' | 'RCPT' | 'DATA' | 'message';

/** A reply of a mail server that says no. */
export interface SmtpReply {
  /** Three digits. */
  readonly code: number;
  /** Class, subject and detail (RFC 3463), where the server gives them. */
  readonly status?: string;
}

/** One line of the table: a reply that begins so, and what it means for the copy. */
export interface ReplyMeaning {
  /** Where it is said; anywhere unless given. */
  readonly at?: readonly Command[];
  /** The first digits of the reply. */
  readonly reply: string;
  /** Subject and detail of its status, or the subject alone. */
  readonly status?: string;
  readonly means: FailureCode;
  /** Where that is written. */
  readonly clause: string;
}

/** What a status of RFC 3463 means wherever it stands: in a reply, or in a notice of what became of a copy. */
export const STATUS_MEANINGS = {
  '2.3': 'deliver/too-large',
  '3.4': 'deliver/too-large',
  '6': 'deliver/refused',
  '7': 'deliver/refused',
} as const satisfies Readonly<Record<string, FailureCode>>;

const permanent = (status: string, means: FailureCode, clause: string): ReplyMeaning => ({
  reply: '5',
  status,
  means,
  clause,
});

const notAuthorized = (reply: string, clause: string): ReplyMeaning => ({
  reply,
  means: 'deliver/not-authorized',
  clause,
});

/** What each refusal of a mail server means: the first line that fits. Together they fit every one. */
export const REPLY_MEANINGS: readonly ReplyMeaning[] = [
  { reply: '4', means: 'deliver/deferred', clause: 'RFC 5321 4.2.1, RFC 4954 6' },
  { at: ['AUTH'], reply: '5', means: 'deliver/not-authorized', clause: 'RFC 4954 4 and 6' },
  notAuthorized('530', 'RFC 4954 6: authentication required; RFC 3207 4: STARTTLS first'),
  notAuthorized('534', 'RFC 4954 6: the mechanism is too weak'),
  notAuthorized('535', 'RFC 4954 6: credentials invalid'),
  notAuthorized('538', 'RFC 4954 6: encryption required'),
  permanent('7.8', 'deliver/not-authorized', 'RFC 4954 6'),
  permanent('7.9', 'deliver/not-authorized', 'RFC 4954 6'),
  permanent('7.11', 'deliver/not-authorized', 'RFC 4954 6'),
  // Of the recipient's address: mailbox, host, syntax, ambiguous, moved, a domain without mail.
  ...['1.1', '1.2', '1.3', '1.4', '1.6', '1.10'].map((status) =>
    permanent(status, 'deliver/bad-mailbox', 'RFC 3463 3.2, RFC 7505'),
  ),
  permanent('2.1', 'deliver/bad-mailbox', 'RFC 3463 3.3: mailbox disabled'),
  permanent('2.2', 'deliver/mailbox-full', 'RFC 3463 3.3'),
  permanent('2.3', STATUS_MEANINGS['2.3'], 'RFC 3463 3.3'),
  permanent('3.4', STATUS_MEANINGS['3.4'], 'RFC 3463 3.4'),
  permanent('4', 'deliver/no-way', 'RFC 3463 3.5'),
  permanent('6', STATUS_MEANINGS['6'], 'RFC 3463 3.7'),
  permanent('7', STATUS_MEANINGS['7'], 'RFC 3463 3.8'),
  // Without a status that says more.
  { at: ['RCPT'], reply: '551', means: 'deliver/bad-mailbox', clause: 'RFC 5321 4.2.2' },
  { at: ['RCPT'], reply: '552', means: 'deliver/mailbox-full', clause: 'RFC 5321 4.2.2' },
  { at: ['RCPT'], reply: '553', means: 'deliver/bad-mailbox', clause: 'RFC 5321 4.2.2' },
  { at: ['RCPT'], reply: '556', means: 'deliver/bad-mailbox', clause: 'RFC 7504' },
  { reply: '552', means: 'deliver/too-large', clause: 'RFC 1870' },
  // 550 is of the mailbox or of policy, and says not which.
  { reply: '5', means: 'deliver/refused', clause: 'RFC 5321 4.2.1' },
];

/** @returns undefined of a reply that is no refusal, and so no answer to what was asked */
export function meaningOf(at: Command, { code, status = '' }: SmtpReply): FailureCode | undefined {
  const [, subject, detail] = status.split('.').map((part) => String(Number(part)));
  const said = [subject, `${subject}.${detail}`];
  return REPLY_MEANINGS.find(
    (line) =>
      String(code).startsWith(line.reply) &&
      (line.at?.includes(at) ?? true) &&
      (line.status === undefined || said.includes(line.status)),
  )?.means;
}
