import { done, type Outcome } from '../../outcome.ts';
import type { Reading } from '../reading.ts';
import { readComplaint } from './complaint.ts';
import { readBounce, readDsn } from './dsn.ts';
import { readMail } from './mail/mail.ts';
import { readMdn } from './mdn.ts';
import { ordinaryMail } from './ordinary-mail.ts';

/**
 * Reads what a mail says of copies: an MDN, a DSN, a complaint, or nothing. Whose word it is, it does not ask.
 *
 * Servers mark their notices as automatic replies too, so those are told apart last.
 *
 * @param raw RFC 5322 as it came, or as it was inside of a signed and encrypted one; any bytes at all
 * @failure notification/too-large
 */
export async function readNotification(raw: Uint8Array): Promise<Outcome<Reading>> {
  const read = await readMail(raw);
  if (!read.ok) return read;
  const mail = read.value;
  return (
    readMdn(mail) ??
    readDsn(mail) ??
    readComplaint(mail) ??
    readBounce(mail) ??
    done(ordinaryMail(mail))
  );
}
