import { ZIP_NAME, type Draft } from './draft.ts';
import { base64Between, base64Windows, linesLength } from './mime/base64.ts';
import { boundaryOf, displayName, headerLine, mailDate } from './mime/header-line.ts';
import { joined, piecesOf, type Pieces } from './pieces.ts';

/**
 * The message as the recipient reads it, before it is wrapped, signed and encrypted: a short text, the package
 * and, where it is wanted, request.txt. Pure 7-bit, CRLF, and the same bytes for the same draft.
 *
 * The subject of one with a package begins with what receivers know that by (IHE ITI-32), and none says anything of the
 * patient.
 */
export function innerMessage(draft: Draft): Pieces {
  const boundary = boundaryOf(draft.messageId, 'record');
  const head = [
    headerLine('From', ...displayName(draft.holderName), `<${draft.from}>`),
    headerLine('To', `<${draft.to}>`),
    headerLine('Date', mailDate(draft.date)),
    headerLine('Subject', draft.zip ? 'XDM/1.0/DDM Health record' : 'Address check'),
    headerLine('Message-ID', `<${draft.messageId}>`),
    headerLine('MIME-Version', '1.0'),
    headerLine('Disposition-Notification-To', `<${draft.from}>`),
    headerLine(
      'Disposition-Notification-Options',
      'X-DIRECT-FINAL-DESTINATION-DELIVERY=optional,true',
    ),
    headerLine('Content-Type', 'multipart/mixed;', `boundary="${boundary}"`),
    `\r\n--${boundary}\r\n`,
    textPart(draft.text),
    ...(draft.zip ? [`\r\n--${boundary}\r\n`, ZIP_HEADER, '\r\n'] : []),
  ].join('');
  const tail = [
    ...(draft.requestText === undefined
      ? []
      : [`\r\n--${boundary}\r\n`, textPart(draft.requestText, 'request.txt')]),
    `\r\n--${boundary}--\r\n`,
  ].join('');
  const zip = draft.zip ? [encoded(draft.zip)] : [];
  return joined(piecesOf(Buffer.from(head)), ...zip, piecesOf(Buffer.from(tail)));
}

const encoded = (bytes: Uint8Array): Pieces => ({
  sizeBytes: linesLength(bytes.length),
  [Symbol.iterator]: () => base64Windows(bytes),
});

/** Short lines of printable ASCII; anything else is base64. */
const PLAIN_TEXT = /^(?:[\t\x20-\x7e]{0,78}\r\n)*$/;

/** @param fileName makes it an attachment */
function textPart(text: string, fileName?: string): string {
  const lines = `${text.replace(/\r\n|\r|\n/g, '\r\n')}\r\n`;
  const plain = PLAIN_TEXT.test(lines);
  const header = [
    headerLine('Content-Type', `text/plain; charset=${plain ? 'us-ascii' : 'utf-8'}`),
    headerLine('Content-Transfer-Encoding', plain ? '7bit' : 'base64'),
    ...(fileName === undefined
      ? []
      : [headerLine('Content-Disposition', 'attachment;', `filename="${fileName}"`)]),
    '\r\n',
  ].join('');
  if (plain) return header + lines;
  const bytes = Buffer.from(lines);
  return base64Between(header, bytes).toString('latin1');
}

const ZIP_HEADER =
  headerLine('Content-Type', 'application/zip;', `name="${ZIP_NAME}"`) +
  headerLine('Content-Transfer-Encoding', 'base64') +
  headerLine('Content-Disposition', 'attachment;', `filename="${ZIP_NAME}"`);
