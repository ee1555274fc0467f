import { parseMessageId, sha256, type DirectAddress, type MessageId } from '../../ids.ts';
import { done, fail, type Outcome } from '../../outcome.ts';
import { headerOf, type MimeEntity } from '../../secure/mime.ts';
import type { OpenedMessage } from '../../secure/open.ts';
import type { Settings } from '../../settings.ts';
import { addresseesOf } from '../belief/addressee.ts';
import { isSameMailbox } from '../belief/same-mailbox.ts';
import { authorIn } from '../belief/signed.ts';
import { blockOf } from '../reading/mail/field-blocks.ts';
import { isAutomatic } from '../reading/ordinary-mail.ts';
import { holdsReport } from './holds-report.ts';
import type { Letter } from './letter.ts';

type Opened = Pick<OpenedMessage, 'inner' | 'innerEntity' | 'outer' | 'wrapped'>;

/**
 * Reads a message that was encrypted to us and signed as a letter to a sending address. Whether its author signed it,
 * trust must say.
 *
 * @failure notification/not-a-notice (it is a report that nobody could use), /auto-reply (a program wrote it, or a list
 *   sent it on), /unauthenticated (it does not say who wrote it, or says it twice), /for-another, /loop (we wrote it)
 */
export function readLetter(
  message: Opened,
  settings: Pick<Settings, 'discovery' | 'senders'>,
): Outcome<Letter> {
  const { inner, innerEntity, outer, wrapped } = message;
  if (innerEntity.contentType.value === 'multipart/report') {
    return fail('notification/not-a-notice');
  }
  if ([innerEntity, outer].some(isOfPrograms)) return fail('notification/auto-reply');
  const from = authorIn(message);
  if (!from) return fail('notification/unauthenticated');
  if (NOBODY.test(from.slice(0, from.lastIndexOf('@')))) return fail('notification/auto-reply');
  const ours = (one: DirectAddress): DirectAddress | undefined =>
    settings.senders
      .map(({ address }) => address)
      .find((address) => isSameMailbox(one, address, settings));
  if (ours(from)) return fail('notification/loop');
  const [to] = addresseesOf(message).flatMap((one) => ours(one) ?? []);
  if (!to) return fail('notification/for-another');
  const answerable = wrapped ? answerTo(innerEntity) : fail('notification/unauthenticated');
  return done({ digest: sha256(inner), from, to, answerable });
}

/** Ours is written into a header of its own, where brackets would begin another. */
const PLAIN_ID = /^[^<>]+$/;

/** @failure notification/no-message-id, notification/loop */
function answerTo(letter: MimeEntity): Outcome<MessageId> {
  const id = parseMessageId(headerOf(letter, 'message-id') ?? '');
  if (!id.ok || !PLAIN_ID.test(id.value)) return fail('notification/no-message-id');
  return holdsReport(letter) ? fail('notification/loop') : id;
}

const OF_LISTS = ['list-id', 'list-post', 'list-unsubscribe'];
const BULK = ['bulk', 'list'];
/** RFC 3834 section 2: nobody who writes as one of these reads what is answered. */
const NOBODY = /^(?:mailer-daemon|owner-.*|.*-request)$/i;

/** RFC 3834 section 2: a program wrote it, or it came by a list, or nothing is to be sent back. */
function isOfPrograms({ fields }: MimeEntity): boolean {
  const header = blockOf(fields.map(({ name, value }) => [name, value]));
  return (
    isAutomatic(header) ||
    OF_LISTS.some((name) => header.has(name)) ||
    BULK.includes(header.get('precedence')?.toLowerCase() ?? '') ||
    header.get('return-path') === '<>'
  );
}
