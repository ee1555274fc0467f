import type { Outcome } from '../../../shared/outcome.ts';
import type { OrdinaryMail, Reading, Telling } from '../../../shared/notification/reading.ts';
import { readNotification } from '../../../shared/notification/reading/read-notification.ts';

export interface Report {
  readonly type?: 'disposition-notification' | 'delivery-status' | 'feedback-report';
  /** Lines of the header of the mail. */
  readonly header?: readonly string[];
  /** Lines of the header of the report, behind its type. */
  readonly partHeader?: readonly string[];
  readonly lines: readonly string[];
  /** One more part, header and body. */
  readonly third?: readonly string[];
  readonly lineEnd?: string;
}

/** A report as RFC 6522 has it, with what is odd about it. */
export const reportOf = ({ type = 'disposition-notification', ...rest }: Report): string =>
  [
    'From: dr.lee@direct.clinic.example',
    'To: records@direct.holder.example',
    'Message-ID: <notice-1@direct.clinic.example>',
    ...(rest.header ?? []),
    `Content-Type: multipart/report; report-type=${type}; boundary="=_b"`,
    '',
    '--=_b',
    'Content-Type: text/plain; charset=us-ascii',
    '',
    'For people.',
    '--=_b',
    `Content-Type: message/${type}`,
    ...(rest.partHeader ?? []),
    '',
    ...rest.lines,
    '',
    ...(rest.third ? ['--=_b', ...rest.third] : []),
    '--=_b--',
    '',
  ].join(rest.lineEnd ?? '\r\n');

export const read = (mail: string | Uint8Array): Promise<Outcome<Reading>> =>
  readNotification(typeof mail === 'string' ? Buffer.from(mail, 'latin1') : mail);

/** @throws Error with the code of a refusal */
export function readingOf(outcome: Outcome<Reading>): Reading {
  if (outcome.ok) return outcome.value;
  throw new Error(outcome.failure.code);
}

/** @throws Error when it is not a notice */
export async function told(mail: string | Uint8Array): Promise<Telling> {
  const reading = readingOf(await read(mail));
  if ('recipients' in reading) return reading;
  throw new Error(`It is ${reading.kind}`);
}

/** @throws Error when it is a notice */
export async function ordinary(mail: string): Promise<OrdinaryMail> {
  const reading = readingOf(await read(mail));
  if ('recipients' in reading) throw new Error(`It is ${reading.kind}`);
  return reading;
}
