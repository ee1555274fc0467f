import type { FailureCode } from '../../../failures.ts';

/** What a bounce of SES ends a copy with, by its subtype. SES has given up, also where it calls the bounce transient. */
const CODES: ReadonlyMap<string, FailureCode> = new Map([
  ['Suppressed', 'deliver/suppressed'],
  ['OnAccountSuppressionList', 'deliver/suppressed'],
  ['MessageTooLarge', 'deliver/too-large'],
  ['ContentRejected', 'deliver/refused'],
  ['AttachmentRejected', 'deliver/refused'],
]);

export const codeOfBounce = (subtype: string | null | undefined): FailureCode =>
  CODES.get(subtype ?? '') ?? 'deliver/bounced';
