import { done, fail, type Outcome } from '../../outcome.ts';
import type { Settings } from '../../settings.ts';
import type { History } from '../../transmission/transmission.ts';
import type { RecipientTelling, Telling } from '../reading.ts';
import { isSameMailbox } from './same-mailbox.ts';
import { factOf, type NoticeFact, type Word } from './word.ts';

type Rules = Pick<Settings, 'discovery'>;

/** The attempts that somebody else's HISP was given, in their order, but for those that it turned away itself. */
export function hispAttempts({ facts }: Pick<History, 'facts'>): readonly number[] {
  const turnedAway = facts.flatMap((fact) => (fact.kind === 'deferred' ? [fact.attempt] : []));
  return facts.flatMap((fact) =>
    fact.kind === 'intent' && fact.hisp && !turnedAway.includes(fact.attempt) ? [fact.attempt] : [],
  );
}

/**
 * What a notice says of a copy by whomever the HISP vouches for that has the copy: it has signed and encrypted it, and it
 * alone can tell who may answer for the recipient. Therefore no signature is asked for, and none but its own channel will
 * do. A notice that gives back an ENVID is about that attempt, any other about the last one that the HISP was given.
 *
 * @failure notification/unauthenticated (it was given none), notification/wrong-recipient
 * @failure notification/auto-reply (it says nothing of delivery)
 */
export function wordOfHisp(telling: Telling, copy: History, settings: Rules): Outcome<Word> {
  const given = hispAttempts(copy);
  if (given.length === 0) return fail('notification/unauthenticated');
  const about = aboutRecipient(telling, copy.transmission.address, settings);
  if (about.length === 0) return fail('notification/wrong-recipient');
  const fact = hispFactOf(telling, about, about);
  if (!fact) return fail('notification/auto-reply');
  const names: readonly string[] = telling.names;
  const named = copy.facts
    .filter((each) => each.kind === 'intent')
    .find(({ envelopeId }) => envelopeId !== undefined && names.includes(envelopeId));
  const attempt = named?.attempt ?? given.at(-1);
  return done({ fact, ...(attempt !== undefined && { attempt }) });
}

/** What is said of our recipient, and of nobody to whom it was sent on. */
export const aboutRecipient = (
  { recipients }: Telling,
  address: History['transmission']['address'],
  settings: Rules,
): readonly RecipientTelling[] =>
  recipients.filter((each) =>
    isSameMailbox(each.originalAddress ?? each.address, address, settings),
  );

const ARRIVED: readonly RecipientTelling['outcome'][] = ['processed', 'dispatched', 'delivered'];

/**
 * What a notice comes to of a copy that a HISP has. Only what it says of our recipient confirms the delivery; that it
 * passed the copy on says no more than that it took it. That it failed, the HISP says: whether its recipient does, or why
 * else, is not known.
 *
 * @param about all that it may say something of
 * @param ofRecipient what of that is about our recipient
 * @returns undefined when it says nothing of delivery
 */
export function hispFactOf(
  telling: Pick<Telling, 'id' | 'kind'>,
  about: readonly RecipientTelling[],
  ofRecipient: readonly RecipientTelling[],
): NoticeFact | undefined {
  if (ofRecipient.some(({ outcome }) => ARRIVED.includes(outcome))) {
    return { kind: 'confirmed', noticeId: telling.id };
  }
  const fact = factOf(telling, about);
  if (fact?.kind === 'recipient-failed') return givenUp(telling.id);
  return fact?.kind === 'relayed' && fact.what === 'delivered' ? { ...fact, what: 'taken' } : fact;
}

/** A HISP gave a copy up that it had. */
export const givenUp = (noticeId: string): NoticeFact => ({
  kind: 'bounced',
  noticeId,
  code: 'notification/hisp-failed',
});
