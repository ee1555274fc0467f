import type { Answer } from './notice.ts';
import { robotAnswers } from './robots.ts';

/** What the partner does with mail for a mailbox, besides checking it. */
export type BehaviourName =
  | 'answers'
  | 'processed-only'
  | 'silent'
  /** Says processed, then that the mailbox could not be reached. */
  | 'failed'
  /** Says by a DSN that the mailbox could not be reached. */
  | 'undeliverable'
  /** 550 at RCPT; the second is what the certification tool calls it. */
  | 'refuse'
  | 'badaddresst'
  /** 451 at RCPT, always. */
  | 'busy'
  /** Takes the message and closes the connection without a reply. */
  | 'hang';

export interface Behaviour {
  readonly door: 'open' | 'refuse' | 'busy' | 'hang';
  /** In their order. */
  readonly answers: readonly Answer[];
}

const open = (...answers: readonly Answer[]): Behaviour => ({ door: 'open', answers });
const closed = (door: Behaviour['door']): Behaviour => ({ door, answers: [] });

const BEHAVIOURS: Readonly<Record<BehaviourName, Behaviour>> = {
  answers: open({ says: 'processed' }, { says: 'dispatched' }),
  'processed-only': open({ says: 'processed' }),
  silent: open(),
  failed: open({ says: 'processed' }, { says: 'failed' }),
  undeliverable: open({ says: 'undeliverable' }),
  refuse: closed('refuse'),
  badaddresst: closed('refuse'),
  busy: closed('busy'),
  hang: closed('hang'),
};

/** A mailbox whose local part is the name of a behaviour, like `silent@`, or of a robot, has that one. */
export function behaviourOf(address: string, otherwise: BehaviourName): Behaviour {
  const local = address.slice(0, address.lastIndexOf('@')).toLowerCase();
  const answers = robotAnswers(local);
  if (answers) return open(...answers);
  return BEHAVIOURS[Object.hasOwn(BEHAVIOURS, local) ? (local as BehaviourName) : otherwise];
}

/** What is answered to a message: `dispatched` is only for one who asked for it. */
export const answersTo = ({ answers }: Behaviour, asked: boolean): readonly Answer[] =>
  answers.filter(({ says }) => says !== 'dispatched' || asked);
