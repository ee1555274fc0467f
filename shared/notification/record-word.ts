import type { Now } from '../clock.ts';
import type { MessageId } from '../ids.ts';
import { done, fail, type Outcome } from '../outcome.ts';
import type { FactBody } from '../transmission/facts.ts';
import type { Addition, Ledger } from '../transmission/ledger.ts';
import { progressOf } from '../transmission/progress.ts';
import type { History } from '../transmission/transmission.ts';
import type { NoticeFact, Word } from './belief/word.ts';
import { deadlineOf, isDelivered } from './deadlines.ts';

/**
 * Of each kind: a recipient that never stops answering must not make a history that cannot be read whole, and a server
 * that never stops saying that a copy is late must not leave the recipient without a word.
 */
const MOST_OF_A_KIND = 200;

/** A copy after somebody said something of it. */
export interface Heard {
  readonly history: History;
  /** What was said and was not known; none when it was. */
  readonly news: readonly NoticeFact[];
}

/**
 * Writes down what somebody said of a copy who may be believed.
 *
 * @param knownAs names of the copy that came with it, under which it is found from now on
 * @failure notification/too-many
 */
export async function recordWord(
  { transmission }: History,
  word: Word,
  { ledger, now }: { readonly ledger: Ledger; readonly now: Now },
  knownAs: readonly MessageId[] = [],
): Promise<Outcome<Heard>> {
  let news: readonly NoticeFact[] = [];
  const recorded = await ledger.append(transmission.id, now(), (history) => {
    news = isKnown(history, word) ? [] : [word.fact];
    if (news.length === 0) return done({ facts: [] });
    const addition = additionOf(history, word);
    return addition.ok && knownAs.length > 0 ? done({ ...addition.value, knownAs }) : addition;
  });
  return recorded.ok ? done({ history: recorded.value, news }) : recorded;
}

/** A repeat says nothing new, and is not late when the first was in time. */
const isKnown = ({ facts }: History, { fact: { noticeId } }: Word): boolean =>
  facts.some((fact) => 'noticeId' in fact && fact.noticeId === noticeId);

/**
 * What a word adds to its transmission that is not known yet. After the end, a word about the delivery is kept as late
 * and flips nothing.
 *
 * @failure notification/too-many
 */
export function additionOf(history: History, { fact, attempt }: Word): Outcome<Addition> {
  const { end, begun } = progressOf(history.facts);
  const kept = end ? lateOf(fact) : fact;
  if (history.facts.filter(({ kind }) => kind === kept.kind).length >= MOST_OF_A_KIND) {
    return fail('notification/too-many');
  }
  if (end) return done({ facts: [kept] });
  if (fact.kind === 'recipient-failed') {
    return done(failed(fact, 'notification/recipient-failed'));
  }
  if (fact.kind === 'bounced') {
    // What was sent again since may yet arrive.
    const isOutdated = attempt !== undefined && begun.some((later) => later > attempt);
    if (isOutdated) return done({ facts: [fact] });
    const { facts, ...ended } = failed(fact, fact.code);
    return done({ ...ended, facts: [...handedOver(history, attempt ?? begun.at(-1)), ...facts] });
  }
  return done(concluded(history, fact));
}

const failed = (
  fact: NoticeFact,
  code: Extract<FactBody, { kind: 'bounced' }>['code'],
): Addition => ({ facts: [fact, { kind: 'ended', end: 'failed', code }], dueAt: 'never' });

/**
 * Whoever gives a copy up has had it. That it left must be on record before it ends: its worker may have died before it
 * could say so, and disclosures are counted by what was recorded.
 */
const handedOver = ({ facts }: History, attempt: number | undefined): readonly FactBody[] =>
  attempt === undefined || facts.some(({ kind }) => kind === 'accepted')
    ? []
    : [{ kind: 'accepted', attempt, receipt: 'known by its bounce' }];

/** The fact, and the end if the fact brings it; else the deadline that counts from now on. */
function concluded(history: History, fact: NoticeFact): Addition {
  const { plan, createdAt: at } = history.transmission;
  const progress = progressOf([...history.facts, { ...fact, sequence: Infinity, at }]);
  if (isDelivered(plan, progress)) {
    return { facts: [fact, { kind: 'ended', end: 'delivered' }], dueAt: 'never' };
  }
  const deadline = deadlineOf(plan, progress);
  return deadline ? { facts: [fact], dueAt: deadline.at } : { facts: [fact] };
}

/** Where the copy was on its way is no news about an end, whenever it is told. */
function lateOf(fact: NoticeFact): FactBody {
  if (fact.kind === 'relayed') return fact;
  const { kind, noticeId } = fact;
  const disposition = kind === 'recipient-failed' ? 'failed' : kind;
  return { kind: 'late-notice', noticeId, disposition };
}
