import { done, fail, type Outcome } from '../outcome.ts';
import type { FactBody } from '../transmission/facts.ts';
import type { Addition } from '../transmission/ledger.ts';
import { progressOf } from '../transmission/progress.ts';
import type { History } from '../transmission/transmission.ts';
import { deadlineOf, isDelivered } from './deadlines.ts';
import type { Notice } from './notice.ts';

/** A recipient that never stops answering must not make a history that cannot be read whole. */
const MOST_NOTICES = 200;

/**
 * What an authenticated notice adds to its transmission.
 *
 * It speaks for its recipient only. After the end it is kept as late and changes nothing.
 *
 * @failure notification/wrong-recipient, notification/too-many
 */
export function recordNotice(history: History, notice: Notice): Outcome<Addition> {
  const { address } = history.transmission;
  if (notice.finalRecipient.toLowerCase() !== address.toLowerCase()) {
    return fail('notification/wrong-recipient');
  }
  if (history.facts.filter((fact) => 'noticeId' in fact).length >= MOST_NOTICES) {
    return fail('notification/too-many');
  }
  const { end } = progressOf(history.facts);
  if (end) return done({ facts: lateUnlessKnown(history, notice) });
  const fact = factOf(notice);
  return done(fact ? concluded(history, fact) : { facts: [] });
}

/** `displayed` and `deleted` are read receipts: they say nothing of delivery that was not said before. */
function factOf({ id, disposition, error, final }: Notice): FactBody | undefined {
  if (error || disposition === 'failed' || disposition === 'denied') {
    return { kind: 'recipient-failed', noticeId: id, final };
  }
  if (disposition === 'processed' || disposition === 'dispatched') {
    return { kind: disposition, noticeId: id, final };
  }
  return undefined;
}

/** The fact, and the end if the fact brings it. */
function concluded(history: History, fact: FactBody): Addition {
  if (fact.kind === 'recipient-failed') {
    const end = { kind: 'ended', end: 'failed', code: 'notification/recipient-failed' } as const;
    return { facts: [fact, end], dueAt: 'never' };
  }
  const { plan } = history.transmission;
  const at = history.transmission.createdAt;
  const progress = progressOf([...history.facts, { ...fact, sequence: Infinity, at }]);
  if (isDelivered(plan, progress)) {
    return { facts: [fact, { kind: 'ended', end: 'delivered' }], dueAt: 'never' };
  }
  const deadline = deadlineOf(plan, progress);
  return deadline ? { facts: [fact], dueAt: deadline.at } : { facts: [fact] };
}

/** A repeat of a notice that was in time is not late. */
const lateUnlessKnown = (history: History, { id, disposition }: Notice): readonly FactBody[] =>
  history.facts.some((fact) => 'noticeId' in fact && fact.noticeId === id)
    ? []
    : [{ kind: 'late-notice', noticeId: id, disposition }];
