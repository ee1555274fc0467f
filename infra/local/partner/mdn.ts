import { randomUUID } from 'node:crypto';
import { domainOf, type DirectAddress, type MessageId } from '../../../shared/ids.ts';
import { boundaryOf, headerLine, mailDate } from '../../../shared/secure/mime/header-line.ts';

export type NoticeKind = 'processed' | 'dispatched' | 'failed';

export interface MdnAbout {
  readonly kind: NoticeKind;
  /** For whom the notice speaks; it is also its From. */
  readonly recipient: DirectAddress;
  /** Disposition-Notification-To of the message, else its From. */
  readonly to: DirectAddress;
  /** Message-ID of the message as it stands there, brackets included. */
  readonly originalMessageId: string;
  readonly originalSubject: string;
  readonly date: Date;
}

export interface Mdn {
  readonly messageId: MessageId;
  /** RFC 5322 bytes, to be secured like any message. */
  readonly bytes: Uint8Array;
}

const TITLES = { processed: 'Processed', dispatched: 'Dispatched', failed: 'Failed' } as const;

const TEXTS = {
  processed: 'Your message was decrypted and its sender is trusted.',
  dispatched: 'Your message was put into the mailbox of the recipient.',
  failed: 'Your message could not be put into the mailbox of the recipient.',
} as const;

/**
 * A delivery notice as the Java reference implementation writes it, with what the .NET one insists on: one text/plain
 * part with its Content-Type, exactly two parts, one `;` in the disposition. A dispatched notice carries the extension
 * field that the sender asked for, in the report and not in the disposition.
 */
export function buildMdn(about: MdnAbout): Mdn {
  const messageId = `${randomUUID()}@${domainOf(about.recipient)}` as MessageId;
  const boundary = boundaryOf(messageId, 'mdn');
  const text = [
    headerLine('From', `<${about.recipient}>`),
    headerLine('To', `<${about.to}>`),
    headerLine('Date', mailDate(about.date)),
    headerLine('Subject', `${TITLES[about.kind]}: ${printable(about.originalSubject)}`.trim()),
    headerLine('Message-ID', `<${messageId}>`),
    headerLine('MIME-Version', '1.0'),
    headerLine(
      'Content-Type',
      'multipart/report; report-type=disposition-notification;',
      `boundary="${boundary}"`,
    ),
    `\r\n--${boundary}\r\n`,
    headerLine('Content-Type', 'text/plain; charset=us-ascii'),
    headerLine('Content-Transfer-Encoding', '7bit'),
    `\r\n${TEXTS[about.kind]}\r\n`,
    `\r\n--${boundary}\r\n`,
    headerLine('Content-Type', 'message/disposition-notification'),
    '\r\n',
    reportOf(about),
    `\r\n--${boundary}--\r\n`,
  ].join('');
  return { messageId, bytes: Buffer.from(text, 'ascii') };
}

function reportOf({ kind, recipient, originalMessageId }: MdnAbout): string {
  return [
    headerLine('Reporting-UA', `${domainOf(recipient)}; Partner HISP`),
    headerLine('Final-Recipient', `rfc822; ${recipient}`),
    headerLine('Original-Message-ID', originalMessageId),
    kind === 'dispatched' ? 'X-DIRECT-FINAL-DESTINATION-DELIVERY:\r\n' : '',
    headerLine('Disposition', `automatic-action/MDN-sent-automatically;${kind}`),
  ].join('');
}

/** A subject that cannot stand in a header line as it is, is left out. */
const printable = (subject: string): string =>
  /^[\x21-\x7e](?:[\x20-\x7e]{0,200}[\x21-\x7e])?$/.test(subject) ? subject : '';
