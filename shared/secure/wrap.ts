import type { DirectAddress, MessageId } from '../ids.ts';
import { headerLine, mailDate } from './mime/header-line.ts';
import { joined, piecesOf, type Pieces } from './pieces.ts';

/** What is readable outside the encryption, and nothing else is: no subject, no wish for a notice. */
export interface Outside {
  readonly from: DirectAddress;
  readonly to: DirectAddress;
  readonly date: Date;
  readonly messageId: MessageId;
}

export interface WrappedMessage {
  /** Header lines of the final message; its Content-* lines are added when it is encrypted. */
  readonly outside: string;
  /** What is signed: a message/rfc822 entity that holds the inner message, without a transfer encoding. */
  readonly entity: Pieces;
}

const WRAPPER = piecesOf(Buffer.from(`${headerLine('Content-Type', 'message/rfc822')}\r\n`));

/** Wraps a message whole, so that the signature covers its header too. @param inner RFC 5322 bytes, CRLF, 7-bit */
export const wrapMessage = (inner: Pieces, outside: Outside): WrappedMessage => ({
  outside:
    headerLine('MIME-Version', '1.0') +
    headerLine('From', `<${outside.from}>`) +
    headerLine('To', `<${outside.to}>`) +
    headerLine('Date', mailDate(outside.date)) +
    headerLine('Message-ID', `<${outside.messageId}>`),
  entity: joined(WRAPPER, inner),
});
