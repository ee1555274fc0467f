import { done, fail, type Outcome } from '../../outcome.ts';
import type { Settings } from '../../settings.ts';
import type { History } from '../../transmission/transmission.ts';
import type { Telling } from '../reading.ts';
import { isSameMailbox } from './same-mailbox.ts';
import { aboutRecipient, hispFactOf } from './hisp.ts';
import { factOf, type Word } from './word.ts';

/**
 * What a mail that nobody signed may say of a copy: where the copy is, by a DSN that gives back the ENVID with which the
 * copy was handed over. That cannot be guessed, and only servers on the copy's way see it.
 *
 * @failure notification/unauthenticated, notification/wrong-recipient
 * @failure notification/auto-reply (it says nothing of delivery)
 */
export function wordOnTheWay(
  telling: Telling,
  { transmission, facts }: History,
  settings: Pick<Settings, 'discovery'>,
): Outcome<Word> {
  const names: readonly string[] = telling.names;
  const intent = facts
    .filter((fact) => fact.kind === 'intent')
    .find(({ envelopeId }) => envelopeId !== undefined && names.includes(envelopeId));
  if (telling.kind !== 'dsn' || !intent) return fail('notification/unauthenticated');
  // The copy has one recipient: whoever else is named got it from there.
  const about = telling.recipients.filter(
    ({ originalAddress }) =>
      originalAddress === undefined ||
      isSameMailbox(originalAddress, transmission.address, settings),
  );
  if (about.length === 0) return fail('notification/wrong-recipient');
  const fact = intent.hisp
    ? hispFactOf(telling, about, aboutRecipient(telling, transmission.address, settings))
    : factOf(telling, about);
  return fact ? done({ fact, attempt: intent.attempt }) : fail('notification/auto-reply');
}
