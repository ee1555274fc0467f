import { randomUUID } from 'node:crypto';
import { domainOf, type DirectAddress, type MessageId } from '../../../shared/ids.ts';
import { boundaryOf, headerLine, mailDate } from '../../../shared/secure/mime/header-line.ts';
import type { NoticeForm } from './notice-form.ts';

export interface ReportMail {
  readonly from: DirectAddress;
  readonly messageId: MessageId;
  /** RFC 5322 bytes, to be secured like any message. */
  readonly bytes: Uint8Array;
}

export interface ReportParts {
  readonly from: DirectAddress;
  readonly to: DirectAddress;
  readonly date: Date;
  readonly subject: string;
  readonly reportType: 'disposition-notification' | 'delivery-status';
  /** For people. */
  readonly text: string;
  /** Field lines for machines, each with its CRLF. */
  readonly report: string;
  readonly form?: NoticeForm | undefined;
}

/**
 * A report as the Java reference implementation writes it, with what the .NET one insists on: one text/plain part with
 * its Content-Type, and exactly two parts.
 */
export function reportMail(parts: ReportParts): ReportMail {
  const { from, to, date, subject, reportType, form } = parts;
  const messageId = `${randomUUID()}@${domainOf(from)}` as MessageId;
  const boundary = boundaryOf(messageId, 'report');
  const header = [
    headerLine('From', `<${from}>`),
    ...(form === 'different-sender' ? [headerLine('Sender', `<robot@${domainOf(from)}>`)] : []),
    headerLine('To', `<${to}>`),
    headerLine('Date', mailDate(date)),
    headerLine('Subject', subject.trim()),
    headerLine('Message-ID', `<${messageId}>`),
    headerLine('MIME-Version', '1.0'),
    headerLine(
      'Content-Type',
      `multipart/report; report-type=${reportType};`,
      `boundary="${boundary}"`,
    ),
  ].map((line) => shaped(line, form));
  const text = [
    ...header,
    `\r\n--${boundary}\r\n`,
    headerLine('Content-Type', 'text/plain; charset=us-ascii'),
    headerLine('Content-Transfer-Encoding', '7bit'),
    `\r\n${parts.text}\r\n`,
    `\r\n--${boundary}\r\n`,
    headerLine('Content-Type', `message/${reportType}`),
    '\r\n',
    parts.report,
    `\r\n--${boundary}--\r\n`,
  ].join('');
  return { from, messageId, bytes: Buffer.from(text, 'ascii') };
}

function shaped(line: string, form: ReportParts['form']): string {
  const [, name = '', rest = ''] = /^([^:]+)(:[^]*)$/.exec(line) ?? [];
  if (form === 'spaces-before-colons-of-header') return `${name} ${rest}`;
  return form === 'lower-case-header' ? `${name.toLowerCase()}${rest}` : line;
}

/** A subject that cannot stand in a header line as it is, is left out. */
export const printable = (subject: string): string =>
  /^[\x21-\x7e](?:[\x20-\x7e]{0,200}[\x21-\x7e])?$/.test(subject) ? subject : '';
