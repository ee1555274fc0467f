import { parseDirectAddress, parseMessageId, sha256, type DirectAddress } from '../ids.ts';
import { done, fail, type Outcome } from '../outcome.ts';
import { decodeBody, headerOf, readMimeHeader, type MimeEntity } from '../secure/mime.ts';
import type { Disposition, Notice } from './notice.ts';

const REPORT_TYPE = 'disposition-notification';
/** RFC 8098 section 3, and its internationalised form of RFC 6533. */
const REPORT_PART = [
  'message/disposition-notification',
  'message/global-disposition-notification',
] as const;

const DISPOSITIONS: readonly Disposition[] = [
  'displayed',
  'deleted',
  'dispatched',
  'processed',
  'denied',
  'failed',
];

type Fields = (name: string) => string | undefined;

/**
 * Reads an MDN out of an opened message. Direct's agents write them in many hands: field names in any case and
 * order, folded values, blanks around `;`, a display name or no type in Final-Recipient, no angle brackets.
 *
 * @param headerIsSigned whether the header of the message may be believed where the report itself is silent
 * @failure notification/not-a-notice (no report of that type, no disposition, or nobody it speaks for)
 * @failure notification/no-message-id
 */
export function readMdn(message: MimeEntity, headerIsSigned: boolean): Outcome<Notice> {
  const header = (name: string): string | undefined =>
    headerIsSigned ? headerOf(message, name) : undefined;
  const part = reportPartOf(message);
  const fields = part && fieldsOf(part);
  if (!fields) return fail('notification/not-a-notice');
  const disposition = readDisposition(fields('disposition') ?? '');
  const recipient = recipientOf(fields) ?? addressIn(header('from') ?? '');
  if (!disposition || !recipient) return fail('notification/not-a-notice');

  const about = fields('original-message-id') ?? header('in-reply-to') ?? '';
  // An id that was folded on its way carries blanks that are not its own.
  const messageId = parseMessageId(about.replaceAll(/\s+/g, ''));
  if (!messageId.ok) return messageId;

  const said = {
    originalMessageId: messageId.value,
    finalRecipient: recipient,
    disposition: disposition.type,
    error: disposition.error || saysSomething(fields('error')) || saysSomething(fields('failure')),
    final: fields('x-direct-final-destination-delivery') !== undefined,
  };
  return done({ id: sha256(JSON.stringify(Object.values(said))), ...said });
}

/**
 * The machine's part of a report about a disposition (RFC 8098 section 3). Nowhere else is it looked for: in ordinary
 * mail it is an attachment, which anybody may have written and anybody may send on.
 */
function reportPartOf({ contentType, parts }: MimeEntity): MimeEntity | undefined {
  const about = contentType.parameters.get('report-type')?.toLowerCase();
  if (contentType.value !== 'multipart/report' || about !== REPORT_TYPE) return undefined;
  return parts.find((part) => REPORT_PART.some((type) => type === part.contentType.value));
}

/** Some agents leave out the blank line before the report: its fields then stand in the header of the part. */
function fieldsOf(part: MimeEntity): Fields | undefined {
  const body = decodeBody(part);
  if (!body.ok) return undefined;
  const report = readMimeHeader(body.value);
  return (name) => (report.ok ? headerOf(report.value, name) : undefined) ?? headerOf(part, name);
}

/** RFC 8098 section 3.2.6: mode/mode; type, with modifiers after a slash. */
function readDisposition(value: string): { type: Disposition; error: boolean } | undefined {
  const [name = '', modifiers = ''] = (value.split(';')[1] ?? '').toLowerCase().split('/');
  const type = DISPOSITIONS.find((each) => each === name.trim());
  if (type) return { type, error: modifiers.split(',').some((each) => each.trim() === 'error') };
  // The Java reference implementation said `error` where Direct now says `failed`.
  return name.trim() === 'error' || name.trim() === 'failure'
    ? { type: 'failed', error: true }
    : undefined;
}

function recipientOf(fields: Fields): DirectAddress | undefined {
  const value = fields('final-recipient') ?? fields('original-recipient');
  return value === undefined ? undefined : addressIn(value.slice(value.indexOf(';') + 1));
}

/** The address alone, out of angle brackets and display names. */
function addressIn(text: string): DirectAddress | undefined {
  const bracketed = /<([^<>]*)>\s*$/.exec(text)?.[1];
  const address = parseDirectAddress((bracketed ?? text).trim());
  return address.ok ? address.value : undefined;
}

const saysSomething = (value: string | undefined): boolean => (value ?? '').trim() !== '';
