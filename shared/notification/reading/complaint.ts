import type { Outcome } from '../../outcome.ts';
import type { Telling } from '../reading.ts';
import { addressIn } from './addresses.ts';
import { readBlocks } from './mail/field-blocks.ts';
import { partOfType, type Mail } from './mail/mail.ts';
import { idsIn, idsOfReturned } from './names.ts';
import { nothingOf, tellingOf } from './telling.ts';

/** RFC 5965. */
const REPORTS = ['message/feedback-report'];

/**
 * Reads a complaint about unwanted mail. It arrived, so it says nothing of delivery.
 *
 * @returns undefined for what is none
 * @failure notification/too-large
 */
export function readComplaint(mail: Mail): Outcome<Telling> | undefined {
  const part = partOfType(mail, REPORTS);
  if (!part) return undefined;
  const blocks = readBlocks(part.bytes);
  if (!blocks.ok) return blocks;
  const complained = blocks.value.flatMap((block) => block.get('original-rcpt-to') ?? []);
  return tellingOf({
    kind: 'complaint',
    isReport: mail.type === 'multipart/report',
    ids: [...idsOfReturned(mail), ...idsIn(mail.header.get('in-reply-to'))],
    recipients: complained.map((value) => nothingOf(addressIn(value))),
  });
}
