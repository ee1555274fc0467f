import type { NoticeKind } from './mdn.ts';

/** What the partner does with mail for a mailbox, besides checking it. */
export type Behaviour =
  | 'answers'
  | 'processed-only'
  | 'silent'
  /** Says processed, then that the mailbox could not be reached. */
  | 'failed'
  /** 550 at RCPT. */
  | 'refuse'
  /** 451 at RCPT, always. */
  | 'busy'
  /** Takes the message and closes the connection without a reply. */
  | 'hang';

const NOTICES: Readonly<Record<Behaviour, readonly NoticeKind[]>> = {
  answers: ['processed', 'dispatched'],
  'processed-only': ['processed'],
  silent: [],
  failed: ['processed', 'failed'],
  refuse: [],
  busy: [],
  hang: [],
};

/** The notices in their order; `dispatched` is only for one who asked for it. */
export const noticesOf = (behaviour: Behaviour, asked: boolean): readonly NoticeKind[] =>
  NOTICES[behaviour].filter((kind) => kind !== 'dispatched' || asked);

/** A mailbox whose local part is the name of a behaviour, like `silent@`, has that one. */
export function behaviourOf(address: string, otherwise: Behaviour): Behaviour {
  const local = address.slice(0, address.lastIndexOf('@')).toLowerCase();
  return Object.hasOwn(NOTICES, local) ? (local as Behaviour) : otherwise;
}
