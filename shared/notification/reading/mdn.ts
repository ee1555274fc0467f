import type { Outcome } from '../../outcome.ts';
import type { Disposition, RecipientTelling, Telling } from '../reading.ts';
import { addressIn } from './addresses.ts';
import { readBlocks, withoutComments, type Block } from './mail/field-blocks.ts';
import { partOfType, type Mail } from './mail/mail.ts';
import { idsIn, idsOfReturned } from './names.ts';
import { tellingOf } from './telling.ts';

/** RFC 8098 section 3, and its internationalised form of RFC 6533. */
const REPORTS = ['message/disposition-notification', 'message/global-disposition-notification'];

/** As they are written; the Java reference implementation had `error` where Direct now has `failed`. */
const DISPOSITIONS: ReadonlyMap<string, Disposition> = new Map([
  ['displayed', 'displayed'],
  ['deleted', 'deleted'],
  ['dispatched', 'dispatched'],
  ['processed', 'processed'],
  ['denied', 'denied'],
  ['failed', 'failed'],
  ['failure', 'failed'],
  ['error', 'failed'],
]);
const BAD_MODIFIERS = ['error', 'failed', 'failure'];

/**
 * Reads an MDN. Its report is looked for in a multipart/report only: in other mail it is an attachment, which anybody
 * may have written and anybody may send on.
 *
 * @returns undefined for what is none
 * @failure notification/too-large
 */
export function readMdn(mail: Mail): Outcome<Telling> | undefined {
  const isReport = mail.type === 'multipart/report' && mail.reportType !== 'delivery-status';
  const part = isReport ? partOfType(mail, REPORTS) : undefined;
  if (!part) return undefined;
  const blocks = readBlocks(part.bytes);
  if (!blocks.ok) return blocks;
  // It is one block; a blank line in the midst of it is a slip.
  const fields: Block = new Map(blocks.value.toReversed().flatMap((block) => [...block]));
  return tellingOf({
    kind: 'mdn',
    isReport: true,
    ids: idsOf(mail, fields),
    recipients: [recipientOf(fields)],
  });
}

/** The first of these that says something. */
function idsOf(mail: Mail, fields: Block): readonly string[] {
  const named = idsIn(fields.get('original-message-id'));
  if (named.length > 0) return named;
  const other = idsIn(fields.get('x-original-message-id'));
  if (other.length > 0) return other;
  const answered = idsIn(mail.header.get('in-reply-to'));
  return answered.length > 0 ? answered : idsOfReturned(mail);
}

function recipientOf(fields: Block): RecipientTelling {
  const address = addressIn(fields.get('final-recipient'));
  const originalAddress = addressIn(fields.get('original-recipient'));
  const { disposition, bad } = readDisposition(fields.get('disposition') ?? '');
  const final = fields.has('x-direct-final-destination-delivery');
  const failed = bad || ['error', 'failure'].some((name) => (fields.get(name) ?? '') !== '');
  return {
    ...(address && { address }),
    ...(originalAddress && { originalAddress }),
    ...(disposition && { disposition }),
    final,
    ...outcomeOf(disposition, failed),
  };
}

/** RFC 8098 section 3.2.6: mode/mode; type, with modifiers after a slash. */
function readDisposition(value: string): { disposition?: Disposition | undefined; bad: boolean } {
  const [first, second] = withoutComments(value).toLowerCase().split(';');
  const [name = '', modifiers = ''] = (second ?? first ?? '').split('/');
  const bad = modifiers.split(',').some((each) => BAD_MODIFIERS.includes(each.trim()));
  return { disposition: DISPOSITIONS.get(name.trim()), bad };
}

/** `displayed` and `deleted` are read receipts: they say nothing of delivery. */
function outcomeOf(
  disposition: Disposition | undefined,
  failed: boolean,
): Pick<RecipientTelling, 'outcome' | 'code'> {
  if (failed || disposition === 'failed' || disposition === 'denied') {
    return { outcome: 'failed', code: 'notification/recipient-failed' };
  }
  const isNews = disposition === 'processed' || disposition === 'dispatched';
  return { outcome: isNews ? disposition : 'none' };
}
