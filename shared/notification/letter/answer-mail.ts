import { domainOf, type MessageId } from '../../ids.ts';
import { boundaryOf, headerLine, mailDate } from '../../secure/mime/header-line.ts';
import type { Answer, AnswerKind } from './answer.ts';

const SUBJECTS: Readonly<Record<AnswerKind, string>> = {
  processed: 'Processed',
  failed: 'Failed',
};

const TEXTS: Readonly<Record<AnswerKind, string>> = {
  processed: 'Your message was decrypted, and you are trusted. Programs read at this address.',
  failed: 'Your message was not delivered to a person: nobody reads messages at this address.',
};

/**
 * The answer to a letter, an MDN (RFC 8098) as the strictest of readers takes it: a text with a Content-Type, then the
 * report, then nothing; one `;` in the Disposition, and no blank. It asks for no notice itself, and says that no person
 * wrote it (RFC 3834 section 5): nobody who keeps to either answers it. Nothing of the letter is in it but its id.
 *
 * @returns RFC 5322 bytes, CRLF, 7-bit; the same for the same answer, id and time
 */
export function answerMail(
  { kind, from, to, originalMessageId }: Answer,
  messageId: MessageId,
  date: Date,
): Uint8Array {
  const boundary = boundaryOf(messageId, 'answer');
  const lines = [
    headerLine('From', `<${from}>`),
    headerLine('To', `<${to}>`),
    headerLine('Date', mailDate(date)),
    headerLine('Subject', SUBJECTS[kind]),
    headerLine('Message-ID', `<${messageId}>`),
    headerLine('In-Reply-To', `<${originalMessageId}>`),
    headerLine('Auto-Submitted', 'auto-replied'),
    headerLine('MIME-Version', '1.0'),
    headerLine(
      'Content-Type',
      'multipart/report; report-type=disposition-notification;',
      `boundary="${boundary}"`,
    ),
    `\r\n--${boundary}\r\n`,
    headerLine('Content-Type', 'text/plain; charset=us-ascii'),
    `\r\n${TEXTS[kind]}\r\n`,
    `\r\n--${boundary}\r\n`,
    headerLine('Content-Type', 'message/disposition-notification'),
    '\r\n',
    headerLine('Reporting-UA', `${domainOf(from)}; Direct Transmit`),
    headerLine('Final-Recipient', `rfc822; ${from}`),
    headerLine('Original-Message-ID', `<${originalMessageId}>`),
    headerLine('Disposition', `automatic-action/MDN-sent-automatically;${kind}`),
    `\r\n--${boundary}--\r\n`,
  ];
  return Buffer.from(lines.join(''), 'latin1');
}
