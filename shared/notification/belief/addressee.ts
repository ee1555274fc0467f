import { parseDirectAddress, type DirectAddress } from '../../ids.ts';
import type { OpenedMessage } from '../../secure/open.ts';
import { headersOf } from '../../secure/mime.ts';
import type { Settings } from '../../settings.ts';
import { withoutComments } from '../reading/mail/field-blocks.ts';
import { isSameMailbox } from './same-mailbox.ts';

/**
 * Whether a notice was written to others than the sender of the copy that it names.
 *
 * The Message-ID of a copy stands outside of it, where servers on its way can read it. Who sends our recipient a message
 * of his own under it gets a genuine notice about that one, written to him, and can pass it on to us.
 */
export function isToAnother(
  message: Pick<OpenedMessage, 'innerEntity' | 'outer' | 'wrapped'>,
  sender: DirectAddress,
  settings: Pick<Settings, 'discovery'>,
): boolean {
  const named = addresseesOf(message);
  return named.length > 0 && !named.some((one) => isSameMailbox(one, sender, settings));
}

/** Whom To and Cc name. */
export function addresseesOf({
  innerEntity,
  outer,
  wrapped,
}: Pick<OpenedMessage, 'innerEntity' | 'outer' | 'wrapped'>): readonly DirectAddress[] {
  const header = wrapped ? innerEntity : outer;
  return ['to', 'cc'].flatMap((name) => headersOf(header, name)).flatMap(mailboxesIn);
}

/**
 * A name may look like an address, and whoever is answered has chosen it. One that is never closed goes on to the end:
 * to try again behind each of its quotes would take as long as whoever wrote it likes.
 */
const QUOTED = /"(?:[^"\\]|\\[^]?)*"?/g;

/** What is no mailbox that we could be is passed over. */
const mailboxesIn = (value: string): readonly DirectAddress[] =>
  withoutComments(value.replaceAll(QUOTED, ' '))
    .split(/[,;]/)
    .map((each) => parseDirectAddress((/<([^<>]*)>/.exec(each)?.[1] ?? each).trim()))
    .flatMap((address) => (address.ok ? [address.value] : []));
