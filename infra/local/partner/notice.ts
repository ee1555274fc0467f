import { randomUUID } from 'node:crypto';
import { domainOf, type DirectAddress, type MessageId } from '../../../shared/ids.ts';
import type { SigningIdentity } from '../../../shared/secure/keys.ts';
import { secureBytes } from '../../../shared/secure/secure.ts';
import { buildDsn } from './dsn.ts';
import { buildMdn, type NoticeKind } from './mdn.ts';
import type { NoticeForm } from './notice-form.ts';
import type { ReportMail } from './report-mail.ts';

/** One notice that the partner sends: an MDN, or for what a mail server says a DSN. */
export interface Answer {
  readonly says: NoticeKind | 'undeliverable' | 'delivered';
  readonly form?: NoticeForm;
  /** After the message came; absent: at once. */
  readonly afterMinutes?: number;
  /** Neither signed nor encrypted. */
  readonly plain?: boolean;
}

/** The message that is answered. */
export interface Answered {
  /** Who answers. */
  readonly recipient: DirectAddress;
  /** Disposition-Notification-To of the message, else its From. */
  readonly to: DirectAddress;
  /** Its Message-ID as it stands there, brackets included. */
  readonly originalMessageId: string;
  readonly originalSubject: string;
  /** When the answer is written. */
  readonly date: Date;
}

export interface NoticeMail {
  /** Empty for a null sender. */
  readonly mailFrom: DirectAddress | '';
  readonly messageId: MessageId;
  /** As they travel. */
  readonly bytes: Uint8Array;
}

/** Writes a notice and, unless it is a plain one, signs it and encrypts it to whoever wants it. */
export async function noticeMail(
  answer: Answer,
  about: Answered,
  signer: SigningIdentity,
  certificates: readonly Uint8Array[],
): Promise<NoticeMail> {
  const { form, plain } = answer;
  const { from, messageId: inner, bytes } = writtenNotice(answer, about);
  const mailFrom = form === 'null-sender' ? '' : from;
  if (plain) return { mailFrom, messageId: inner, bytes };
  const messageId =
    form === 'different-message-id' ? (`${randomUUID()}@${domainOf(from)}` as MessageId) : inner;
  const { to, date } = about;
  const outside = { from, to, date, messageId };
  const secured = await secureBytes({ ...outside, inner: bytes }, signer, certificates);
  return { mailFrom, messageId, bytes: secured.bytes };
}

/** As it stands before it is secured. */
export function writtenNotice({ says, form }: Answer, about: Answered): ReportMail {
  return says === 'undeliverable' || says === 'delivered'
    ? buildDsn({ ...about, says, form })
    : buildMdn({ ...about, kind: says, form });
}
