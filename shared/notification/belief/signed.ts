import { domainOf, type DirectAddress } from '../../ids.ts';
import { fail, done, type Outcome } from '../../outcome.ts';
import type { OpenedMessage } from '../../secure/open.ts';
import type { Settings } from '../../settings.ts';
import type { Trusted } from '../../trust/trust.ts';
import type { RecipientTelling, Telling } from '../reading.ts';
import { authorOf } from './author.ts';
import { isSameMailbox } from './same-mailbox.ts';
import { factOf, type Word } from './word.ts';

/** Who signed a notice: somebody who is trusted and bound to our recipient's mailbox, or to the domain of it. */
export interface Signed {
  readonly message: Pick<OpenedMessage, 'innerEntity' | 'outer' | 'wrapped'>;
  readonly proved: Trusted['proved'];
}

type Rules = Pick<Settings, 'discovery'>;

/**
 * What a signed notice may say of the copy to this address.
 *
 * Who holds the key of the mailbox itself speaks for whatever became of its mail. Under one certificate for a domain all
 * its mailboxes send; which of them did, only From says, and only the domain can see to it that From is true. So there
 * the author decides: our recipient speaks like the holder of a key of its own; another mailbox of the domain only for
 * itself, and only of what was sent to our recipient and came to it (an alias, a group); the postmaster only by a DSN.
 *
 * @failure notification/wrong-recipient, notification/auto-reply (it says nothing of delivery)
 */
export function signedWord(
  telling: Telling,
  address: DirectAddress,
  { message, proved }: Signed,
  settings: Rules,
): Outcome<Word> {
  const isOurs = (one: DirectAddress | undefined) => isSameMailbox(one, address, settings);
  const author = proved === 'service' ? authorIn(message) : address;
  const about = telling.recipients
    .filter((each) => !isForAnother(each, isOurs))
    .filter((each) => {
      if (isOurs(author)) return true;
      if (!author || !message.wrapped || domainOf(author) !== domainOf(address)) return false;
      if (isPostmaster(author) && telling.kind === 'dsn')
        return isOurs(each.originalAddress ?? each.address);
      return isOurs(each.originalAddress) && isSameMailbox(each.address, author, settings);
    });
  if (about.length === 0) return fail('notification/wrong-recipient');
  const fact = factOf(telling, about);
  return fact ? done({ fact }) : fail('notification/auto-reply');
}

/** What was sent to somebody else is no copy of ours, wherever it ended. */
const isForAnother = (
  { originalAddress }: RecipientTelling,
  isOurs: (one: DirectAddress) => boolean,
): boolean => originalAddress !== undefined && !isOurs(originalAddress);

/**
 * The header outside is not signed and proves nothing, but it may refute: a service that does not wrap what its user has
 * already wrapped signs an inner From that it never looked at.
 */
export function authorIn({
  innerEntity,
  outer,
  wrapped,
}: Signed['message']): DirectAddress | undefined {
  const outside = authorOf(outer);
  if (!wrapped) return outside;
  const within = authorOf(innerEntity);
  return within?.toLowerCase() === outside?.toLowerCase() ? within : undefined;
}

/** RFC 5321 section 4.5.1: reserved, in any case. */
const isPostmaster = (author: DirectAddress): boolean =>
  author.slice(0, author.lastIndexOf('@')).toLowerCase() === 'postmaster';
