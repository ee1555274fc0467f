import { types } from 'node:util';
import type { FailureCode } from '../../failures.ts';
import { fail, type Refused } from '../../outcome.ts';

/**
 * How far a session got. `opening` lasts to the end of EHLO and STARTTLS, `envelope` from MAIL FROM to the answer
 * to DATA; `data` begins with the first byte of the message and ends with the final reply.
 */
export type Phase = 'opening' | 'login' | 'envelope' | 'data';

/** What nodemailer reports: its own code, and the server's reply when there was one. */
export interface SmtpError extends Error {
  readonly code: string;
  readonly originalCode?: string;
  readonly response?: string;
  readonly responseCode?: number;
  readonly command?: string;
}

export const isSmtpError = (error: unknown): error is SmtpError =>
  types.isNativeError(error) && 'code' in error && typeof error.code === 'string';

/** What a failure means for the copy: before the message began to flow it was certainly not sent. */
export function refusalOf(phase: Phase, error: SmtpError): Refused {
  return fail(MEANINGS[phase](error), detailOf(error));
}

const MEANINGS: Readonly<Record<Phase, (error: SmtpError) => FailureCode>> = {
  opening: () => 'deliver/unreachable',

  login: (error) => {
    if (replyClass(error) === 4) return 'deliver/deferred';
    return error.code === 'EAUTH' ? 'deliver/not-authorized' : 'deliver/unreachable';
  },

  envelope: (error) => {
    if (isAboveAnnouncedSize(error)) return 'deliver/too-large';
    // 530 is "Authentication required" (RFC 4954): the server wants credentials that the URL does not have.
    if (error.responseCode === 530) return 'deliver/not-authorized';
    return byReply(error) ?? 'deliver/unreachable';
  },

  data: (error) => byReply(error) ?? 'deliver/unanswered',
};

const byReply = (error: SmtpError): FailureCode | undefined => {
  const first = replyClass(error);
  if (first === 4) return 'deliver/deferred';
  return first === 5 ? 'deliver/refused' : undefined;
};

/** Only a reply to a command counts: what stood on the line when a connection broke may be half a reply. */
const replyClass = ({ code, responseCode }: SmtpError): number | undefined =>
  ['EAUTH', 'EENVELOPE', 'EMESSAGE'].includes(code) && responseCode !== undefined
    ? Math.floor(responseCode / 100)
    : undefined;

/** nodemailer compares with the SIZE of the EHLO answer (RFC 1870) and then sends nothing. */
const isAboveAnnouncedSize = ({ code, command, responseCode }: SmtpError): boolean =>
  code === 'EMESSAGE' && command === 'MAIL FROM' && responseCode === undefined;

/** Numbers of the reply, or the name of the socket error; never the server's words, which quote addresses. */
function detailOf(error: SmtpError): string {
  const { response, originalCode, code } = error;
  if (isAboveAnnouncedSize(error)) return `SIZE ${/\d+$/.exec(error.message)?.[0]}`;
  const numbers = /^(\d{3})(?:[ -]([245]\.\d{1,3}\.\d{1,3})\b)?/.exec(response ?? '');
  if (numbers) return ['SMTP', numbers[1], numbers[2]].filter(Boolean).join(' ');
  return /^[A-Z0-9_]{1,60}$/.exec(originalCode ?? code)?.[0] ?? 'ESOCKET';
}

/** The final reply in printable ASCII, at most 200 characters, without anything that looks like an address. */
export const receiptOf = (reply: string): string =>
  reply
    .replace(/[^\x20-\x7e]+/g, ' ')
    .replace(/\S*@\S*/g, '')
    .replace(/ {2,}/g, ' ')
    .trim()
    .slice(0, 200);
