import type { FailureCode } from '../../failures.ts';
import { STATUS_MEANINGS } from '../../deliver/reply-meanings.ts';
import { withoutComments } from './mail/field-blocks.ts';

/**
 * What a permanent failure is to us, by subject and detail of its status (RFC 3463), or by its subject alone. Anything
 * else came back: a bad address or mailbox, a server that was not reached or had no time, or nobody said why.
 */
const CODES: Readonly<Record<string, FailureCode>> = {
  // Longer than the mailbox, or the server, takes; content, and security or policy: a server did not want it.
  ...STATUS_MEANINGS,
  // The .NET reference implementation: no notice in time, a recipient that it does not trust or cannot encrypt to.
  '4.71': 'notification/recipient-failed',
  '4.72': 'notification/recipient-failed',
  '7.11': 'notification/recipient-failed',
  '7.31': 'notification/recipient-failed',
};

const STATUS = /(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?![\d.])/;

/** The status in a field, without its comment. */
export const statusIn = (value: string | undefined): string | undefined =>
  value === undefined ? undefined : STATUS.exec(withoutComments(value))?.[0];

/** @param status class, subject and detail */
export function codeOfStatus(status: string | undefined): FailureCode {
  const [, subject = '', detail = ''] = (status ?? '')
    .split('.')
    .map((part) => String(Number(part)));
  return CODES[`${subject}.${detail}`] ?? CODES[subject] ?? 'deliver/bounced';
}
