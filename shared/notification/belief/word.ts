import type { FactBody } from '../../transmission/facts.ts';
import type { RecipientTelling, Telling } from '../reading.ts';

/** A fact that a notice or an event brings. */
export type NoticeFact = Exclude<
  Extract<FactBody, { readonly noticeId: string }>,
  { readonly kind: 'late-notice' }
>;

/** What somebody says of a copy of ours who may be believed. */
export interface Word {
  /** What it adds, unless it comes too late. */
  readonly fact: NoticeFact;
  /** The attempt it is about, when it says so. */
  readonly attempt?: number;
}

/** From what says most of a copy that went on to several: it is there when it is with one of them. */
const RANKS: readonly RecipientTelling['outcome'][] = [
  'dispatched',
  'delivered',
  'processed',
  'delayed',
  'failed',
  'none',
];

/** A server that passed the copy on, to where nobody reports or to several, had it. */
const PASSED_ON: readonly RecipientTelling['action'][] = ['relayed', 'expanded'];

const outcomeOf = ({ outcome, action }: RecipientTelling): RecipientTelling['outcome'] =>
  outcome === 'none' && PASSED_ON.includes(action) ? 'delivered' : outcome;

const rankOf = (said: RecipientTelling): number => RANKS.indexOf(outcomeOf(said));

/**
 * What a notice comes to that may be believed of all these recipients.
 *
 * @returns undefined when it says nothing of delivery
 */
export function factOf(
  { id: noticeId, kind }: Pick<Telling, 'id' | 'kind'>,
  about: readonly RecipientTelling[],
): NoticeFact | undefined {
  const [best] = about.toSorted((one, other) => rankOf(one) - rankOf(other));
  if (!best) return undefined;
  const { final, code } = best;
  const outcome = outcomeOf(best);
  switch (outcome) {
    case 'processed':
    case 'dispatched':
      return { kind: outcome, noticeId, final };
    case 'delivered':
    case 'delayed':
      return { kind: 'relayed', noticeId, what: outcome };
    case 'failed':
      return kind === 'mdn'
        ? { kind: 'recipient-failed', noticeId, final }
        : { kind: 'bounced', noticeId, code: code ?? 'deliver/bounced' };
    case 'none':
      return undefined;
  }
}
