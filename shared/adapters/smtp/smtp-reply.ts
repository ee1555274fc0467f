import { types } from 'node:util';
import { meaningOf, type Command } from '../../deliver/reply-meanings.ts';
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

export const smtpError = (code: string): SmtpError => Object.assign(new Error(code), { code });

/** What a failure means for the copy: before the message began to flow it was certainly not sent. */
export function refusalOf(phase: Phase, error: SmtpError): Refused {
  return fail(replied(phase, error) ?? WITHOUT_REPLY[phase](error), detailOf(error));
}

function replied(phase: Phase, error: SmtpError) {
  const reply = phase === 'opening' ? undefined : refusingReply(error);
  return reply && meaningOf(commandOf(phase, error), reply);
}

const WITHOUT_REPLY: Readonly<Record<Phase, (error: SmtpError) => FailureCode>> = {
  opening: () => 'deliver/unreachable',
  login: ({ code }) => (code === 'EAUTH' ? 'deliver/not-authorized' : 'deliver/unreachable'),
  envelope: (error) => (isAboveAnnouncedSize(error) ? 'deliver/too-large' : 'deliver/unreachable'),
  data: () => 'deliver/unanswered',
};

/** Only a reply to a command counts: what stood on the line when a connection broke may be half a reply. */
function refusingReply({ code, responseCode, response }: SmtpError) {
  const isAnswer = ['EAUTH', 'EENVELOPE', 'EMESSAGE'].includes(code);
  if (!isAnswer || responseCode === undefined || !/^[45]\d\d/.test(response ?? ''))
    return undefined;
  const status = numbersOf(response)[2];
  return { code: responseCode, ...(status !== undefined && { status }) };
}

function commandOf(phase: Phase, { command = '' }: SmtpError): Command {
  if (phase === 'login') return 'AUTH';
  if (phase === 'data') return 'message';
  if (command === 'MAIL FROM') return 'MAIL';
  return command === 'RCPT TO' ? 'RCPT' : 'DATA';
}

/**
 * Whether a connection that had been kept turned out to be gone before the message began: nothing was said, or that
 * the server is leaving (421).
 */
export const wasGone = (phase: Phase, error: SmtpError): boolean =>
  phase !== 'data' && (refusingReply(error)?.code ?? 421) === 421 && !isAboveAnnouncedSize(error);

/** nodemailer compares with the SIZE of the EHLO answer (RFC 1870) and then sends nothing. */
const isAboveAnnouncedSize = ({ code, command, responseCode }: SmtpError): boolean =>
  code === 'EMESSAGE' && command === 'MAIL FROM' && responseCode === undefined;

const numbersOf = (response = ''): readonly (string | undefined)[] =>
  /^(\d{3})(?:[ -]([245]\.\d{1,3}\.\d{1,3})\b)?/.exec(response) ?? [];

/** Numbers of the reply, or the name of the socket error; never the server's words, which quote addresses. */
function detailOf(error: SmtpError): string {
  const { response, originalCode, code } = error;
  if (isAboveAnnouncedSize(error)) return `SIZE ${/\d+$/.exec(error.message)?.[0]}`;
  const [, reply, status] = numbersOf(response);
  if (reply !== undefined) return ['SMTP', reply, status].filter(Boolean).join(' ');
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
